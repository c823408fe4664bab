package io.linewright.ingest.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.rollup.ReadPlan.Mark;
import io.linewright.ingest.rollup.ReadPlan.Piece;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  private static final long MINUTE = Level.MINUTE.micros();
  private static final long HOUR = Level.HOUR.micros();

  @Test
  void wholeHoursAreReadAsSuchAndTheRestBelow() {
    assertThat(ReadPlan.of(Level.HOUR, 30 * MINUTE + 1, 3 * HOUR + MINUTE, List.of()))
        .containsExactly(
            samples(30 * MINUTE + 1, 31 * MINUTE),
            piece(Level.MINUTE, 31 * MINUTE, HOUR),
            piece(Level.HOUR, HOUR, 3 * HOUR),
            piece(Level.MINUTE, 3 * HOUR, 3 * HOUR + MINUTE));
  }

  @Test
  void aMarkedMinuteMakesItsHourBeReadByMinutes() {
    assertThat(ReadPlan.of(Level.HOUR, 0, 3 * HOUR, List.of(new Mark(Level.MINUTE, 90, 91))))
        .containsExactly(
            piece(Level.HOUR, 0, HOUR),
            piece(Level.MINUTE, HOUR, 90 * MINUTE),
            samples(90 * MINUTE, 91 * MINUTE),
            piece(Level.MINUTE, 91 * MINUTE, 2 * HOUR),
            piece(Level.HOUR, 2 * HOUR, 3 * HOUR));
  }

  @Test
  void aMarkedHourIsReadByMinutes() {
    assertThat(ReadPlan.of(Level.HOUR, 0, 2 * HOUR, List.of(new Mark(Level.HOUR, 1, 2))))
        .containsExactly(piece(Level.HOUR, 0, HOUR), piece(Level.MINUTE, HOUR, 2 * HOUR));
    assertThat(ReadPlan.of(Level.MINUTE, 0, 2 * HOUR, List.of(new Mark(Level.HOUR, 1, 2))))
        .containsExactly(piece(Level.MINUTE, 0, 2 * HOUR));
  }

  @Test
  void withinAMinuteSamplesAreRead() {
    assertThat(ReadPlan.of(Level.DAY, 1, MINUTE, List.of())).containsExactly(samples(1, MINUTE));
  }

  @Test
  void tooManyPiecesBecomeOne() {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < ReadPlan.MOST_PIECES; i++) {
      marks.add(new Mark(Level.MINUTE, 2 * i, 2 * i + 1));
    }
    assertThat(ReadPlan.of(Level.MINUTE, 0, 2_000 * MINUTE, marks))
        .containsExactly(samples(0, 2_000 * MINUTE));
  }

  @Test
  void allTimeIsReadOnceAndNothingThatIsMarked() {
    Seeded.check(
        500,
        random -> {
          long from = random.nextLong(-30 * HOUR, 30 * HOUR);
          long to = from + random.nextLong(1, 60 * HOUR);
          List<Mark> marks = new ArrayList<>();
          int count = random.nextInt(6);
          for (int i = 0; i < count; i++) {
            Level level = Level.values()[random.nextInt(3)];
            int first = level.numberOf(random.nextLong(from - HOUR, to + HOUR));
            marks.add(new Mark(level, first, first + random.nextInt(1, 4)));
          }
          List<Piece> pieces = ReadPlan.of(Level.values()[random.nextInt(3)], from, to, marks);
          long next = from;
          for (Piece piece : pieces) {
            assertThat(piece.fromMicros()).isEqualTo(next);
            next = piece.toMicros();
            piece.level().ifPresent(level -> clean(piece, level, marks));
          }
          assertThat(next).isEqualTo(to);
        });
  }

  private static void clean(Piece piece, Level level, List<Mark> marks) {
    assertThat(Math.floorMod(piece.fromMicros(), level.micros())).isZero();
    assertThat(Math.floorMod(piece.toMicros(), level.micros())).isZero();
    for (Mark mark : marks) {
      boolean apart =
          mark.level().startOf(mark.to()) <= piece.fromMicros()
              || mark.level().startOf(mark.from()) >= piece.toMicros();
      assertThat(apart || mark.level().compareTo(level) > 0).as("%s in %s", mark, piece).isTrue();
    }
  }

  private static Piece piece(Level level, long from, long to) {
    return new Piece(Optional.of(level), from, to);
  }

  private static Piece samples(long from, long to) {
    return new Piece(Optional.empty(), from, to);
  }
}
