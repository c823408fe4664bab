package io.linewright.edge.app.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.StageCounters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.junit.jupiter.api.Test;

class MessageOrderTest {

  private static final long LAST = 0xFFFF_FFFFL;

  private final StageCounters counters = new StageCounters();
  private final List<Long> askedAgain = new ArrayList<>();
  private MessageOrder.Republish republish =
      sequence -> {
        askedAgain.add(sequence);
        return message(sequence);
      };

  @Test
  void answerThatComesTwiceIsDealtWithOnce() throws Exception {
    assertThat(dealtWith(order(), 1, 1, 2, 2, 1, 3)).containsExactly(1L, 2L, 3L);
    assertThat(askedAgain).isEmpty();
  }

  @Test
  void swappedAnswersAreDealtWithInOrder() throws Exception {
    assertThat(dealtWith(order(), 2, 1, 4, 3, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(askedAgain).isEmpty();
  }

  @Test
  void heldAnswerThatComesTwiceIsDealtWithOnce() throws Exception {
    assertThat(dealtWith(order(), 1, 3, 3, 3, 2, 3, 4)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(askedAgain).isEmpty();
  }

  @Test
  void missingAnswerIsAskedForAndItsLateOriginalDropped() throws Exception {
    assertThat(dealtWith(order(), 1, 3, 4, 5, 2, 6)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(askedAgain).containsExactly(2L);
    assertThat(counters.counts().lostMessages()).isZero();
  }

  @Test
  void answerThatTheServerHasNoMoreIsCountedAsLost() throws Exception {
    republish =
        sequence -> {
          throw new UaException(StatusCodes.Bad_MessageNotAvailable);
        };
    assertThat(dealtWith(order(), 1, 3, 4, 5, 2)).containsExactly(1L, 3L, 4L, 5L);
    assertThat(counters.counts().lostMessages()).isOne();
  }

  @Test
  void anyMixOfDoubledAndSwappedAnswersYieldsEachOnceInOrder() throws Exception {
    Random random = new Random(4711);
    for (int round = 0; round < 200; round++) {
      List<Long> arriving = new ArrayList<>();
      for (long sequence = 1; sequence <= 40; sequence++) {
        arriving.add(sequence);
        if (random.nextInt(3) == 0) {
          arriving.add(sequence);
        }
      }
      for (int i = 0; i + 1 < arriving.size(); i += 1 + random.nextInt(3)) {
        Collections.swap(arriving, i, i + 1);
      }
      assertThat(dealtWith(order(), arriving.stream().mapToLong(Long::longValue).toArray()))
          .as("%s", arriving)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
    }
  }

  private MessageOrder order() {
    return new MessageOrder(uint(7), counters);
  }

  private List<Long> dealtWith(MessageOrder order, long... arriving) throws Exception {
    List<Long> dealt = new ArrayList<>();
    for (long sequence : arriving) {
      order
          .arrived(message(sequence), republish)
          .forEach(m -> dealt.add(m.getSequenceNumber().longValue()));
    }
    return dealt;
  }

  private static NotificationMessage message(long sequence) {
    assertThat(sequence).isBetween(1L, LAST);
    return new NotificationMessage(uint(sequence), DateTime.MIN_VALUE, null);
  }
}
