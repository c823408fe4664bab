package io.linewright.ingest.registry;

import static io.linewright.ingest.registry.Stretch.EVER;
import static io.linewright.ingest.registry.Stretch.ON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.linewright.ingest.registry.SeriesPlan.Planned;
import io.linewright.ingest.registry.SeriesPlan.Refused;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesPlanTest {

  private static final Piece CELSIUS = new Piece(1, 1, DataType.DOUBLE, "Cel", EVER, 100);
  private static final Piece FAHRENHEIT = new Piece(1, 2, DataType.DOUBLE, "[degF]", 100, 200);
  private static final Piece TEXT = new Piece(1, 3, DataType.STRING, "1", 200, ON);

  @Test
  void valuesStayAsTheyAreWithoutAWish() {
    SeriesPlan plan = plan(SeriesPlan.of("t", List.of(CELSIUS), 0, 50, null));

    assertThat(plan.type()).isEqualTo(DataType.DOUBLE);
    assertThat(plan.unit()).isEqualTo("Cel");
    assertThat(plan.parts().getFirst().mapping()).isSameAs(ValueMapping.NONE);
  }

  @Test
  void acrossAChangeOfUnitAllIsInTheNewest() {
    SeriesPlan plan = plan(SeriesPlan.of("t", List.of(CELSIUS, FAHRENHEIT), 0, 150, null));

    assertThat(plan.unit()).isEqualTo("[degF]");
    assertThat(shown(plan, 0, 100)).isEqualTo(212);
    assertThat(shown(plan, 1, 212)).isEqualTo(212);
  }

  @Test
  void acrossAChangeOfUnitAllIsInTheWantedOne() {
    SeriesPlan plan = plan(SeriesPlan.of("t", List.of(CELSIUS, FAHRENHEIT), 0, 150, "K"));

    assertThat(shown(plan, 0, 0)).isCloseTo(273.15, within(1e-9));
    assertThat(shown(plan, 1, 32)).isCloseTo(273.15, within(1e-9));
  }

  @Test
  void alsoARangeBeforeTheChangeIsInTheNewestUnit() {
    assertThat(plan(SeriesPlan.of("t", List.of(CELSIUS, FAHRENHEIT), 0, 50, null)).unit())
        .isEqualTo("[degF]");
  }

  @Test
  void wholeNumbersBesideDoublesAreDoubles() {
    Piece whole = new Piece(1, 1, DataType.INTEGER, "mm", EVER, 100);
    Piece broken = new Piece(1, 2, DataType.DOUBLE, "mm", 100, ON);
    SeriesPlan plan = plan(SeriesPlan.of("t", List.of(whole, broken), 0, 150, null));

    assertThat(plan.type()).isEqualTo(DataType.DOUBLE);
    Sample sample = new Sample(SampleValue.of(7L), StatusCode.GOOD, 5, 0);
    assertThat(plan.parts().getFirst().mapping().apply(sample).value())
        .isEqualTo(SampleValue.of(7.0));
    assertThat(plan(SeriesPlan.of("t", List.of(whole), 0, 50, null)).type())
        .isEqualTo(DataType.INTEGER);
  }

  @Test
  void beforeAnotherUnitNumbersStillAreAsTheyAreStored() {
    Piece former = new Piece(1, 1, DataType.DOUBLE, "kW", EVER, 100);
    Piece whole = new Piece(1, 2, DataType.INTEGER, "W", 100, 200);
    Piece newest = new Piece(1, 3, DataType.DOUBLE, "W", 200, ON);

    SeriesPlan plan = plan(SeriesPlan.of("t", List.of(former, whole, newest), 250, 300, null));

    assertThat(plan.parts().stream().map(part -> part.mapping().keepsNumbers()))
        .containsExactly(false, true, true);
    assertThat(ValueMapping.NONE.keepsNumbers()).isTrue();
  }

  @Test
  void numbersAndTextsAreNotMixed() {
    List<Piece> all = List.of(CELSIUS, FAHRENHEIT, TEXT);

    assertThat(refusal(SeriesPlan.of("press#t", all, 150, 250, null)))
        .contains("press#t", "1970-01-01T00:00:00.000200Z", "double", "[degF]", "string");
    SeriesPlan numbers = plan(SeriesPlan.of("t", all, 0, 200, null));
    assertThat(numbers.unit()).isEqualTo("[degF]");
    assertThat(numbers.parts()).hasSize(2);
    SeriesPlan texts = plan(SeriesPlan.of("t", all, 200, 300, null));
    assertThat(texts.type()).isEqualTo(DataType.STRING);
    assertThat(texts.parts()).hasSize(1);
  }

  @Test
  void differentQuantitiesAreRefusedWithBothUnits() {
    assertThat(refusal(SeriesPlan.of("press#t", List.of(CELSIUS), 0, 9, "bar")))
        .contains("press#t", "'Cel'", "'bar'");
    assertThat(refusal(SeriesPlan.of("press#t", List.of(TEXT), 0, 9, "bar")))
        .contains("press#t", "string", "bar");
    Piece pressure = new Piece(1, 2, DataType.DOUBLE, "bar", 100, ON);
    assertThat(refusal(SeriesPlan.of("press#t", List.of(CELSIUS, pressure), 0, 150, null)))
        .contains("'Cel'", "'bar'");
  }

  @Test
  void aListShowsWhatCannotBeConvertedAsItIsStored() {
    SeriesPlan plan =
        plan(SeriesPlan.listed("t", List.of(CELSIUS, FAHRENHEIT, TEXT), 0, 300, null));

    assertThat(plan.type()).isEqualTo(DataType.STRING);
    assertThat(plan.parts()).hasSize(3);
    assertThat(plan.parts()).allMatch(part -> part.mapping() == ValueMapping.NONE);
    SeriesPlan numbers =
        plan(SeriesPlan.listed("t", List.of(CELSIUS, FAHRENHEIT, TEXT), 0, 150, "K"));
    assertThat(numbers.parts()).hasSize(2);
    assertThat(shown(numbers, 0, 0)).isCloseTo(273.15, within(1e-9));
  }

  @Test
  void aFurtherPageStaysInTheUnitOfTheFirst() {
    SeriesPlan other =
        plan(SeriesPlan.listedAsBegun("t", List.of(CELSIUS, FAHRENHEIT), 0, 300, "Cel", true));
    assertThat(other.unit()).isEqualTo("Cel");
    assertThat(shown(other, 0, 7)).isEqualTo(7);
    assertThat(shown(other, 1, 212)).isCloseTo(100, within(1e-9));

    SeriesPlan text =
        plan(
            SeriesPlan.listedAsBegun(
                "t", List.of(CELSIUS, FAHRENHEIT, TEXT), 0, 300, "[degF]", true));
    assertThat(text.unit()).isEqualTo("[degF]");
    assertThat(shown(text, 0, 100)).isEqualTo(212);
    assertThat(text.parts().getLast().mapping()).isSameAs(ValueMapping.NONE);
  }

  /** Neither its type nor its versions change when another unit begins between two pages. */
  @Test
  void aFurtherPageKnowsOnlyWhatHadBegunAtTheFirst() {
    Piece whole = new Piece(1, 1, DataType.INTEGER, "Cel", EVER, 100);
    Piece second = new Piece(1, 2, DataType.INTEGER, "K", 100, 200);
    Piece third = new Piece(1, 3, DataType.DOUBLE, "[degF]", 200, ON);
    List<Piece> all = List.of(whole, second, third);

    assertThat(SeriesPlan.begunBy(all, EVER)).containsExactly(whole.goingOn());
    assertThat(SeriesPlan.begunBy(all, 100)).containsExactly(whole, second.goingOn());
    assertThat(SeriesPlan.begunBy(all, 200)).isEqualTo(all);
    assertThat(SeriesPlan.begunBy(all.subList(1, 3), 50))
        .as("all of it has moved since")
        .containsExactly(second, third);
    Piece later = new Piece(2, 3, DataType.DOUBLE, "[degF]", 300, ON);
    assertThat(SeriesPlan.begunBy(List.of(whole, second, later), 100))
        .as("it was nowhere in between")
        .containsExactly(whole, second);
    SeriesPlan plan =
        plan(SeriesPlan.listedAsBegun("t", SeriesPlan.begunBy(all, EVER), 0, 300, "Cel", true));
    assertThat(plan.type()).isEqualTo(DataType.INTEGER);
    assertThat(plan.parts()).hasSize(1);
  }

  @Test
  void aFurtherPageOfTextsConvertsNoNumbers() {
    Piece percent = new Piece(1, 1, DataType.DOUBLE, "%", EVER, 200);
    Piece ratio = new Piece(1, 4, DataType.DOUBLE, "1", 300, ON);
    Piece text = new Piece(1, 3, DataType.STRING, "1", 200, 300);
    SeriesPlan plan =
        plan(SeriesPlan.listedAsBegun("t", List.of(percent, text, ratio), 0, 400, "1", false));

    assertThat(plan.type()).isEqualTo(DataType.STRING);
    assertThat(plan.parts()).allMatch(part -> part.mapping() == ValueMapping.NONE);
  }

  @Test
  void aUnitThatHasGoneIsTheNewestAgain() {
    SeriesPlan plan = plan(SeriesPlan.listedAsBegun("t", List.of(FAHRENHEIT), 0, 300, "bar", true));

    assertThat(plan.unit()).isEqualTo("[degF]");
  }

  /**
   * Whatever the history of units of one quantity: each value is shown as if converted by itself.
   */
  @Test
  void conversionsOfAHistoryAreThoseOfItsValues() {
    List<String> units = List.of("Cel", "[degF]", "K");
    Seeded.check(
        200,
        random -> {
          List<Piece> pieces = new ArrayList<>();
          int count = 1 + random.nextInt(6);
          for (int i = 0; i < count; i++) {
            pieces.add(
                new Piece(
                    1,
                    i + 1,
                    random.nextBoolean() ? DataType.DOUBLE : DataType.INTEGER,
                    units.get(random.nextInt(3)),
                    i == 0 ? EVER : i * 10L,
                    i == count - 1 ? ON : (i + 1) * 10L));
          }
          String wanted = units.get(random.nextInt(3));
          long from = random.nextInt(60);
          SeriesPlan plan = plan(SeriesPlan.of("t", pieces, from, from + 5, wanted));
          assertThat(plan.parts().stream().map(SeriesPlan.Part::piece)).isEqualTo(pieces);
          for (SeriesPlan.Part part : plan.parts()) {
            double value = random.nextInt(1_000);
            double kelvin =
                switch (part.piece().unit()) {
                  case "Cel" -> value + 273.15;
                  case "[degF]" -> (value + 459.67) * 5 / 9;
                  default -> value;
                };
            double expected =
                switch (wanted) {
                  case "Cel" -> kelvin - 273.15;
                  case "[degF]" -> kelvin * 9 / 5 - 459.67;
                  default -> kelvin;
                };
            Sample shown =
                part.mapping()
                    .apply(
                        new Sample(
                            part.piece().type() == DataType.DOUBLE
                                ? SampleValue.of(value)
                                : SampleValue.of((long) value),
                            StatusCode.GOOD,
                            1,
                            0));
            assertThat(number(shown)).isCloseTo(expected, within(1e-6));
          }
        });
  }

  private static SeriesPlan plan(SeriesPlan.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Planned.class);
    return ((Planned) outcome).plan();
  }

  private static String refusal(SeriesPlan.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).reason();
  }

  private static double shown(SeriesPlan plan, int part, double value) {
    return number(
        plan.parts()
            .get(part)
            .mapping()
            .apply(new Sample(SampleValue.of(value), StatusCode.GOOD, 1, 0)));
  }

  private static double number(Sample sample) {
    return switch (sample.value()) {
      case DoubleValue(double number) -> number;
      case SampleValue.IntegerValue(long whole) -> whole;
      case null, default -> Double.NaN;
    };
  }
}
