package io.linewright.ingest.truth;

import static io.linewright.ingest.truth.Words.at;
import static io.linewright.ingest.truth.Words.byHand;
import static io.linewright.ingest.truth.Words.during;
import static io.linewright.ingest.truth.Words.raw;
import static io.linewright.ingest.truth.Words.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.truth.Target.At;
import io.linewright.ingest.truth.Target.During;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CorrectionBookTest {

  private final CorrectionBook book =
      new CorrectionBook(4, 99, List.of(at(1), at(2)), List.of(), List.of());

  @Test
  void versionsGoOn() {
    assertThat(book.judge(set(Kind.REPLACE, at(1), 5))).isEmpty();
    assertThat(book.judge(set(Kind.REPLACE, at(7), 5))).isPresent();
    assertThat(book.judge(Correction.delete(at(1)))).isEmpty();
    assertThat(book.accepted()).extracting(Entry::version).containsExactly(5L, 6L);
    assertThat(book.accepted()).extracting(Entry::recordedMicros).containsOnly(99L);
  }

  @Test
  void thereMustBeSomethingToReplaceOrDeleteAndNothingWhereOneInserts() {
    assertThat(book.judge(set(Kind.INSERT, at(1), 5)).orElseThrow()).contains("already");
    assertThat(book.judge(Correction.delete(at(3))).orElseThrow()).contains("no value to delete");
    assertThat(book.judge(set(Kind.REPLACE, new At(1, 1), 5)).orElseThrow()).contains("insert one");
    assertThat(book.judge(set(Kind.INSERT, at(3), 5))).isEmpty();
    assertThat(book.judge(set(Kind.REPLACE, at(3), 6))).isEmpty();
    assertThat(book.judge(Correction.delete(during(0, 9)))).isEmpty();
    assertThat(book.judge(Correction.delete(at(1)))).isPresent();
    assertThat(book.judge(set(Kind.INSERT, at(1), 7))).isEmpty();
  }

  @Test
  void thereMustBeACorrectionToUndo() {
    assertThat(book.judge(Correction.restore(at(1)))).isPresent();
    assertThat(book.judge(Correction.restore(during(0, 9)))).isPresent();
    assertThat(book.judge(Correction.delete(at(1)))).isEmpty();
    assertThat(book.judge(Correction.restore(during(2, 9)))).isPresent();
    assertThat(book.judge(Correction.restore(during(1, 2)))).isEmpty();
    assertThat(book.judge(Correction.restore(at(1)))).isPresent();
    assertThat(book.judge(set(Kind.REPLACE, at(1), 4))).isEmpty();

    During known = during(50, 60);
    CorrectionBook other = new CorrectionBook(1, 99, List.of(), List.of(), List.of(known));
    assertThat(other.judge(Correction.restore(known))).isEmpty();
  }

  @Test
  void correctionsOfRangesAreBounded() {
    List<Entry> many =
        LongStream.range(0, CorrectionBook.MAX_RANGES)
            .mapToObj(i -> new Entry(i + 1, 0, Correction.delete(during(i, i + 1))))
            .toList();
    CorrectionBook full =
        new CorrectionBook(CorrectionBook.MAX_RANGES, 99, List.of(at(1)), many, List.of());
    assertThat(full.judge(Correction.delete(during(0, 5))).orElseThrow()).contains("the bound");
    assertThat(full.judge(set(Kind.INSERT, at(1), 5))).isEmpty();
  }

  @Test
  void acceptedIsWhatMakesSenseInTheSeriesAsItStands() {
    Seeded.check(
        1_000,
        random -> {
          List<StoredSample> raw = new ArrayList<>();
          for (long time = 0; time < 6; time++) {
            if (random.nextBoolean()) {
              raw.add(raw(at(time), time));
            }
          }
          Set<At> keys = raw.stream().map(one -> At.of(one.sample())).collect(Collectors.toSet());
          CorrectionBook fresh = new CorrectionBook(0, 9, keys, List.of(), List.of());
          for (int i = 0; i < 20; i++) {
            Correction correction = Words.random(random, 6);
            List<At> now =
                byHand(raw, fresh.accepted()).stream().map(one -> At.of(one.sample())).toList();
            Optional<String> refusal = fresh.judge(correction);
            if (correction.target() instanceof At key) {
              switch (correction.kind()) {
                case REPLACE, DELETE -> assertThat(refusal.isEmpty()).isEqualTo(now.contains(key));
                case INSERT -> assertThat(refusal.isEmpty()).isNotEqualTo(now.contains(key));
                case RESTORE -> {
                  // Only what changes nothing may be refused
                  if (refusal.isPresent()) {
                    assertThat(now.contains(key)).isEqualTo(keys.contains(key));
                  }
                }
              }
            }
          }
          // Read back, all that was accepted leads to the same judgements
          CorrectionBook again =
              new CorrectionBook(fresh.accepted().size(), 9, keys, fresh.accepted(), List.of());
          for (long time = 0; time < 6; time++) {
            Correction delete = Correction.delete(at(time));
            assertThat(again.judge(delete)).isEqualTo(fresh.judge(delete));
          }
        });
  }

  @Test
  void aCorrectionMustFitItsKind() {
    assertThatThrownBy(() -> new Correction(Kind.REPLACE, during(0, 1), null, StatusCode.BAD))
        .hasMessageContaining("give time");
    assertThatThrownBy(() -> new Correction(Kind.INSERT, at(0), null, StatusCode.GOOD))
        .hasMessageContaining("value is missing");
    assertThatThrownBy(() -> new Correction(Kind.DELETE, at(0), null, StatusCode.BAD))
        .hasMessageContaining("neither value nor status");
    assertThatThrownBy(() -> new During(1, 1)).hasMessageContaining("before to");
    assertThatThrownBy(() -> new At(1, 40_000)).hasMessageContaining("ordinal must be");
    assertThat(Kind.of("restore")).contains(Kind.RESTORE);
    assertThat(Kind.of("RESTORE")).isEmpty();
  }
}
