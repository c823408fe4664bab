package io.linewright.edge.opcua.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.opcua.UaTimes;
import io.linewright.model.sample.SampleValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UaFitTest {

  private static final long SEED = 4711;

  @ParameterizedTest
  @CsvSource({
    "SBYTE,-128,127",
    "BYTE,0,255",
    "INT16,-32768,32767",
    "UINT16,0,65535",
    "INT32,-2147483648,2147483647",
    "UINT32,0,4294967295",
    "INT64,-9223372036854775808,9223372036854775807",
    "UINT64,0,18446744073709551615"
  })
  void integerTypesEndWhereTheStandardSays(UaType type, BigInteger least, BigInteger most) {
    assertThat(type.least()).isEqualTo(least);
    assertThat(type.most()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({
    "SBYTE,-129",
    "SBYTE,128",
    "BYTE,-1",
    "BYTE,256",
    "INT16,32768",
    "UINT16,-1",
    "UINT16,65536",
    "INT32,2147483648",
    "UINT32,4294967296",
    "UINT64,-1"
  })
  void numberBehindTheEndIsRefusedAndNotCut(UaType type, long number) {
    assertThat(UaFit.fit(SampleValue.of(number), type))
        .isInstanceOfSatisfying(
            Fitted.Refused.class,
            refused -> assertThat(refused.reason()).startsWith(number + " does not fit"));
  }

  @Test
  void everyNumberThatATypeHoldsIsHandedOnAsItIs() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      UaType type = UaType.values()[1 + random.nextInt(8)];
      long number = random.nextLong() >> random.nextInt(64);
      Fitted fitted = UaFit.fit(SampleValue.of(number), type);
      boolean fits =
          BigInteger.valueOf(number).compareTo(type.least()) >= 0
              && BigInteger.valueOf(number).compareTo(type.most()) <= 0;
      assertThat(fitted)
          .as("seed %d round %d %s %d", SEED, round, type, number)
          .isEqualTo(
              fits
                  ? new Fitted.Whole(BigInteger.valueOf(number))
                  : new Fitted.Refused(((Fitted.Refused) fitted).reason()));
    }
  }

  @Test
  void wholeDoubleGoesIntoAnIntegerAndABrokenOneDoesNot() {
    assertThat(UaFit.fit(SampleValue.of(42.0), UaType.INT16))
        .isEqualTo(new Fitted.Whole(BigInteger.valueOf(42)));
    assertThat(UaFit.fit(SampleValue.of(0x1p63), UaType.UINT64))
        .isEqualTo(new Fitted.Whole(BigInteger.TWO.pow(63)));
    assertThat(reason(SampleValue.of(42.5), UaType.INT16)).contains("42.5 is not whole");
    assertThat(reason(SampleValue.of(Double.NaN), UaType.INT16)).contains("NaN");
    assertThat(reason(SampleValue.of(Double.POSITIVE_INFINITY), UaType.INT64)).contains("Infinity");
  }

  @Test
  void floatTakesWhatItHoldsOrShowsInTheSameDigits() {
    assertThat(UaFit.fit(SampleValue.of(20.5), UaType.FLOAT)).isEqualTo(new Fitted.Single(20.5f));
    assertThat(UaFit.fit(SampleValue.of(20.1), UaType.FLOAT)).isEqualTo(new Fitted.Single(20.1f));
    assertThat(UaFit.fit(SampleValue.of((double) 20.1f), UaType.FLOAT))
        .isEqualTo(new Fitted.Single(20.1f));
    assertThat(UaFit.fit(SampleValue.of(Double.NaN), UaType.FLOAT))
        .isEqualTo(new Fitted.Single(Float.NaN));
    assertThat(UaFit.fit(SampleValue.of(Double.NEGATIVE_INFINITY), UaType.FLOAT))
        .isEqualTo(new Fitted.Single(Float.NEGATIVE_INFINITY));
    assertThat(reason(SampleValue.of(20.123456789), UaType.FLOAT)).contains("more digits");
    assertThat(reason(SampleValue.of(1e39), UaType.FLOAT)).contains("greater than a Float");
    assertThat(reason(SampleValue.of(1e-50), UaType.FLOAT)).contains("more digits");
    assertThat(reason(SampleValue.of(16_777_217L), UaType.FLOAT)).contains("more digits");
  }

  @Test
  void doubleTakesWholeNumbersThatItHolds() {
    assertThat(UaFit.fit(SampleValue.of(1L << 53), UaType.DOUBLE))
        .isEqualTo(new Fitted.Real(0x1p53));
    assertThat(reason(SampleValue.of((1L << 53) + 1), UaType.DOUBLE)).contains("more digits");
    assertThat(reason(SampleValue.of(Long.MAX_VALUE), UaType.DOUBLE)).contains("more digits");
    assertThat(UaFit.fit(SampleValue.of(-0.0), UaType.DOUBLE)).isEqualTo(new Fitted.Real(-0.0));
  }

  @Test
  void timeIsTheInverseOfWhatIsRead() {
    long millis = Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli();
    assertThat(UaFit.fit(SampleValue.of(millis), UaType.DATE_TIME))
        .isInstanceOfSatisfying(
            Fitted.Time.class,
            time -> assertThat(UaTimes.toMicros(time.ticks())).isEqualTo(millis * 1000));
    assertThat(UaFit.fit(SampleValue.of(-11_644_473_600_000L), UaType.DATE_TIME))
        .isEqualTo(new Fitted.Time(0));
    assertThat(reason(SampleValue.of(-11_644_473_600_001L), UaType.DATE_TIME)).contains("1601");
    assertThat(reason(SampleValue.of(Long.MAX_VALUE), UaType.DATE_TIME)).contains("9999");
  }

  @ParameterizedTest
  @EnumSource(UaType.class)
  void nothingIsTurnedIntoAnotherKind(UaType type) {
    assertThat(UaFit.fit(SampleValue.of(true), type) instanceof Fitted.Refused)
        .isEqualTo(type != UaType.BOOLEAN);
    assertThat(UaFit.fit(SampleValue.of("1"), type) instanceof Fitted.Refused)
        .isEqualTo(type != UaType.STRING);
    assertThat(UaFit.fit(new SampleValue.BytesValue(new byte[1]), type) instanceof Fitted.Refused)
        .isEqualTo(type != UaType.BYTE_STRING);
    assertThat(UaFit.fit(SampleValue.of(1.0), type) instanceof Fitted.Refused)
        .isEqualTo(!type.isInteger() && type != UaType.FLOAT && type != UaType.DOUBLE);
  }

  @Test
  void enumerationIsWrittenAsInt32AndStructuresNotAtAll() {
    assertThat(UaType.of(29)).contains(UaType.INT32);
    assertThat(UaType.of(11)).contains(UaType.DOUBLE);
    assertThat(UaType.of(21)).isEmpty();
    assertThat(UaType.of(22)).isEmpty();
    assertThat(UaType.of(24)).isEmpty();
  }

  private static String reason(SampleValue value, UaType type) {
    return ((Fitted.Refused) UaFit.fit(value, type)).reason();
  }
}
