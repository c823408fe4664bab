package io.linewright.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.registry.Stretch;
import io.linewright.ingest.registry.TagVersion;
import io.linewright.model.csv.CsvReader;
import io.linewright.model.csv.CsvRecord;
import io.linewright.model.csv.FileFaultException;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowJudgeTest {

  private static final String MILL = "acme/graz/body/line-1/mill-07";
  private static final long FROM = ImportTime.parse("1995-03-01T00:00:00Z");
  private static final long TO = ImportTime.parse("1995-04-01T00:00:00Z");
  private static final long NOON = ImportTime.parse("1995-03-01T12:00:00Z");

  private final Known tags = new Known();

  @Test
  void aRowIsReadByTheTypeOfItsTag() throws IOException {
    List<Verdict> verdicts =
        judge(
            false,
            "tag,time,value",
            MILL + "#speed,1995-03-01T12:00:00Z,-1.5e3",
            MILL + "#speed,1995-03-01T13:00:01.123456+01:00,NaN",
            MILL + "#count,1995-03-01T12:00:00Z,-9223372036854775808",
            MILL + "#on,1995-03-01T12:00:00Z,true",
            MILL + "#text,1995-03-01T12:00:00Z,\"a, \"\"b\"\"\"",
            MILL + "#text,1995-03-01T12:00:01Z,\"\"",
            MILL + "#raw,1995-03-01T12:00:00Z,AP8=");

    assertThat(sample(verdicts.get(0)))
        .isEqualTo(new Sample(SampleValue.of(-1500.0), StatusCode.GOOD, NOON, 0));
    assertThat(sample(verdicts.get(1)).sourceMicros()).isEqualTo(NOON + 1_123_456);
    assertThat(sample(verdicts.get(1)).value()).isEqualTo(SampleValue.of(Double.NaN));
    assertThat(sample(verdicts.get(2)).value()).isEqualTo(SampleValue.of(Long.MIN_VALUE));
    assertThat(sample(verdicts.get(3)).value()).isEqualTo(SampleValue.of(true));
    assertThat(sample(verdicts.get(4)).value()).isEqualTo(SampleValue.of("a, \"b\""));
    assertThat(sample(verdicts.get(5)).value()).isEqualTo(SampleValue.of(""));
    assertThat(sample(verdicts.get(6)).value())
        .isEqualTo(new SampleValue.BytesValue(new byte[] {0, -1}));
  }

  @Test
  void statusIsANameOrANumberAndGoodByDefault() throws IOException {
    List<Verdict> verdicts =
        judge(
            false,
            "status,value,time,tag",
            "Bad_NoData,,1995-03-01T12:00:00Z," + MILL + "#speed",
            "UncertainLastUsableValue,4,1995-03-01T12:00:01Z," + MILL + "#speed",
            "0x80310000,,1995-03-01T12:00:02Z," + MILL + "#speed",
            "2157641728,,1995-03-01T12:00:03Z," + MILL + "#speed",
            ",5,1995-03-01T12:00:04Z," + MILL + "#speed",
            ",,1995-03-01T12:00:05Z," + MILL + "#speed",
            "UNAVAILABLE,,1995-03-01T12:00:06Z," + MILL + "#speed",
            "4294967296,,1995-03-01T12:00:07Z," + MILL + "#speed");

    assertThat(sample(verdicts.get(0)))
        .isEqualTo(new Sample(null, StatusCode.of(0x809B0000), NOON, 0));
    assertThat(sample(verdicts.get(1)).status()).isEqualTo(StatusCode.of(0x40900000));
    assertThat(sample(verdicts.get(2)).status()).isEqualTo(StatusCode.BAD_NO_COMMUNICATION);
    assertThat(sample(verdicts.get(3)).status()).isEqualTo(StatusCode.of(0x809B0000));
    assertThat(sample(verdicts.get(4)).status()).isEqualTo(StatusCode.GOOD);
    assertThat(reason(verdicts.get(5))).contains("the value is empty");
    assertThat(reason(verdicts.get(6))).contains("'UNAVAILABLE' is no status");
    assertThat(reason(verdicts.get(7))).contains("is no status");
  }

  @Test
  void whatCannotBeUsedIsRefusedWithAReason() throws IOException {
    Map<String, String> reasons =
        Map.ofEntries(
            Map.entry(MILL + "#speed,1995-03-01T12:00:00Z", "2 fields, but the header has 3"),
            Map.entry(MILL + "#none,1995-03-01T12:00:00Z,1", "there is no tag"),
            Map.entry(MILL + ",1995-03-01T12:00:00Z,1", "'#' is missing"),
            Map.entry(",1995-03-01T12:00:00Z,1", "tag is empty"),
            Map.entry(MILL + "#speed,,1", "time is empty"),
            Map.entry(MILL + "#speed,1995-04-01T00:00:00Z,1", "not in the period"),
            Map.entry(MILL + "#speed,1995-02-28T23:59:59.999999999Z,1", "not in the period"),
            Map.entry(MILL + "#speed,1995-03-01T12:00:00,1", "no time with offset"),
            Map.entry(MILL + "#speed,1995-03-32T12:00:00Z,1", "no time with offset"),
            Map.entry(MILL + "#speed,1995-03-01T12:00:00Z,1f", "'1f' is no value of type double"),
            Map.entry(MILL + "#speed,1995-03-01T12:00:00Z, 1", "' 1' is no value of type double"),
            Map.entry(MILL + "#speed,1995-03-01T12:00:00Z,\"\"", "the value is empty"),
            Map.entry(MILL + "#count,1995-03-01T12:00:00Z,1.0", "no value of type integer"),
            Map.entry(
                MILL + "#count,1995-03-01T12:00:00Z,9223372036854775808",
                "no value of type integer"),
            Map.entry(MILL + "#on,1995-03-01T12:00:00Z,1", "write true or false"),
            Map.entry("x".repeat(5_000) + ",1995-03-01T12:00:00Z,1", "more than 721 characters"),
            Map.entry("x".repeat(700) + ",1995-03-01T12:00:00Z,1", "'#' is missing"));
    for (var entry : reasons.entrySet()) {
      String reason = reason(judge(false, "tag,time,value", entry.getKey()).getFirst());
      assertThat(reason).as(entry.getKey()).contains(entry.getValue());
      assertThat(reason.length()).isLessThanOrEqualTo(301);
    }
  }

  @Test
  void valuesOfOneMicrosecondAreNumberedInTheOrderOfTheFile() throws IOException {
    String at = MILL + "#speed,1995-03-01T12:00:00.000001";
    List<Verdict> verdicts =
        judge(
            false,
            "tag,time,value",
            at + "Z,1",
            MILL + "#count,1995-03-01T11:00:00Z,1",
            at + "999Z,2",
            at + "Z,2",
            at + "Z,1",
            MILL + "#speed,1995-03-01T11:00:00Z,1",
            MILL + "#speed,1995-03-01T12:00:00.000002Z,1");

    assertThat(ordinals(verdicts)).containsExactly(0, 0, 1, null, 2, null, 0);
    assertThat(verdicts.get(3)).isInstanceOf(Verdict.Repeated.class);
    assertThat(reason(verdicts.get(5))).contains("sort the file by time");
  }

  @Test
  void ordinalsOfTheFileAreTakenInAnyOrder() throws IOException {
    String at = MILL + "#speed,1995-03-01T12:00:0";
    List<Verdict> verdicts =
        judge(
            false,
            "tag,time,value,ordinal",
            at + "1Z,1,7",
            at + "1Z,1,7",
            at + "1Z,2,7",
            at + "0Z,1,3",
            at + "1Z,2,",
            at + "2Z,2,32768",
            at + "2Z,2,-1");

    assertThat(ordinals(verdicts)).containsExactly(7, null, null, 3, 8, null, null);
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Repeated.class);
    assertThat(reason(verdicts.get(2))).contains("another value at this time and ordinal");
    assertThat(reason(verdicts.get(5))).contains("0 to 32767");
    assertThat(reason(verdicts.get(6))).contains("0 to 32767");
  }

  @Test
  void unknownTagsAreRegisteredIfWantedByWhatTheRowSays() throws IOException {
    List<Verdict> verdicts =
        judge(
            true,
            "tag,time,value,type,unit,role",
            MILL + "#new,1995-03-01T12:00:00Z,1,double,Cel,temperature",
            MILL + "#new,1995-03-01T12:00:01Z,2,,,",
            MILL + "#new,1995-03-01T12:00:02Z,2,,K,",
            MILL + "#new,1995-03-01T12:00:02Z,2,integer,,",
            MILL + "#other,1995-03-01T12:00:00Z,1,,Cel,",
            MILL + "#other,1995-03-01T12:00:00Z,1,number,,",
            MILL + "#other,1995-03-01T12:00:00Z,1,double,no such unit,");

    assertThat(ordinals(verdicts)).containsExactly(0, 0, null, null, null, null, null);
    assertThat(tags.find(TagKey.parse(MILL + "#new")))
        .contains(
            new ImportTag(
                TagKey.parse(MILL + "#new"), DataType.DOUBLE, "Cel", TagRole.TEMPERATURE));
    assertThat(tags.find(TagKey.parse(MILL + "#other"))).isEmpty();
    assertThat(reason(verdicts.get(2))).contains("with unit Cel, the row says K");
    assertThat(reason(verdicts.get(3))).contains("as double, the row says integer");
    assertThat(reason(verdicts.get(4))).contains("has no type");
    assertThat(reason(verdicts.get(5))).contains("'number' is no type");
  }

  @Test
  void aRowIsJudgedByTypeAndUnitOfItsTime() throws IOException {
    long changed = ImportTime.parse("1995-03-01T12:00:01Z");
    tags.register(
        new ImportTag(
            TagKey.parse(MILL + "#changed"),
            DataType.DOUBLE,
            "Cel",
            TagRole.TEMPERATURE,
            List.of(
                new TagVersion(1, Stretch.EVER, DataType.INTEGER, "K"),
                new TagVersion(2, changed, DataType.DOUBLE, "Cel")),
            ImportTag.ALL_KEPT));
    List<Verdict> verdicts =
        judge(
            false,
            "tag,time,value,type,unit",
            MILL + "#changed,1995-03-01T12:00:00Z,1,integer,K",
            MILL + "#changed,1995-03-01T12:00:00.5Z,1.5,,",
            MILL + "#changed,1995-03-01T12:00:00.7Z,1,,Cel",
            MILL + "#changed,1995-03-01T12:00:01Z,1.5,double,Cel");

    assertThat(ordinals(verdicts)).containsExactly(0, null, null, 0);
    assertThat(reason(verdicts.get(1))).contains("no value of type integer");
    assertThat(reason(verdicts.get(2))).contains("with unit K, the row says Cel");
    assertThat(((Verdict.Accepted) verdicts.get(3)).tag().type()).isEqualTo(DataType.DOUBLE);
  }

  @Test
  void whatWouldNotBeKeptIsRefused() throws IOException {
    tags.register(
        new ImportTag(
            TagKey.parse(MILL + "#gone"),
            DataType.DOUBLE,
            null,
            TagRole.PROCESS_VALUE,
            List.of(),
            NOON));
    List<Verdict> verdicts =
        judge(
            false,
            "tag,time,value",
            MILL + "#gone,1995-03-01T11:59:59.999999Z,1",
            MILL + "#gone,1995-03-01T12:00:00Z,2");

    assertThat(ordinals(verdicts)).containsExactly(null, 0);
    assertThat(reason(verdicts.getFirst())).contains("are kept from 1995-03-01T12:00:00Z on");
  }

  @Test
  void aHeaderMustNameTheColumns() {
    for (String header :
        List.of(
            "",
            "tag,time",
            "tag,time,value,tag",
            "tag,time,value,quality",
            "tag;time;value",
            MILL + "#speed,1995-03-01T12:00:00Z,1",
            "tag,time,\"value")) {
      assertThatThrownBy(() -> judge(false, header))
          .as(header)
          .isInstanceOf(FileFaultException.class)
          .hasMessageContaining("line 1");
    }
  }

  @Test
  void theNumberOfTagsIsBounded() throws IOException {
    List<String> lines = new ArrayList<>(List.of("tag,time,value"));
    for (int i = 0; i < 6; i++) {
      lines.add(MILL + "#t" + i + ",1995-03-01T12:00:00Z,1");
    }
    List<Verdict> verdicts = judge(false, lines.toArray(String[]::new));

    assertThat(reason(verdicts.get(4))).contains("there is no tag");
    assertThat(reason(verdicts.get(5))).contains("more than 5 different tags");
  }

  private List<Verdict> judge(boolean create, String... lines) throws IOException {
    CsvReader reader =
        new CsvReader(
            new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
            100_000,
            1_000_000);
    RowJudge judge =
        new RowJudge(
            new ImportTerms(FROM, TO, create, null, null, null),
            Columns.of(reader.next()),
            tags,
            5);
    List<Verdict> verdicts = new ArrayList<>();
    for (CsvRecord row = reader.next(); row != null; row = reader.next()) {
      verdicts.add(judge.judge(row));
    }
    return verdicts;
  }

  private static Sample sample(Verdict verdict) {
    return ((Verdict.Accepted) verdict).sample();
  }

  private static String reason(Verdict verdict) {
    return ((Verdict.Refused) verdict).reason();
  }

  private static List<@Nullable Integer> ordinals(List<Verdict> verdicts) {
    List<@Nullable Integer> ordinals = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      ordinals.add(verdict instanceof Verdict.Accepted ? sample(verdict).ordinal() : null);
    }
    return ordinals;
  }

  /** A registry with one tag of each type. */
  private static final class Known implements ImportTags {

    private final Map<TagKey, ImportTag> tags = new HashMap<>();

    Known() {
      Map.of(
              "speed", DataType.DOUBLE,
              "count", DataType.INTEGER,
              "on", DataType.BOOLEAN,
              "text", DataType.STRING,
              "raw", DataType.BYTES)
          .forEach(
              (name, type) ->
                  register(
                      new ImportTag(
                          TagKey.parse(MILL + "#" + name), type, null, TagRole.PROCESS_VALUE)));
    }

    @Override
    public Optional<ImportTag> find(TagKey key) {
      return Optional.ofNullable(tags.get(key));
    }

    @Override
    public boolean mayRegister(TagKey key) {
      return true;
    }

    @Override
    public ImportTag register(ImportTag tag) {
      tags.put(tag.key(), tag);
      return tag;
    }
  }
}
