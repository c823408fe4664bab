package io.linewright.ingest.app.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.imports.BatchPacker;
import io.linewright.ingest.imports.Columns;
import io.linewright.ingest.imports.ImportTag;
import io.linewright.ingest.imports.ImportTags;
import io.linewright.ingest.imports.ImportTerms;
import io.linewright.ingest.imports.RowJudge;
import io.linewright.ingest.imports.Verdict;
import io.linewright.model.csv.CsvReader;
import io.linewright.model.csv.CsvRecord;
import io.linewright.model.csv.FileFaultException;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.TagSeries;
import io.linewright.model.telemetry.TelemetryBatch;
import io.linewright.model.telemetry.TelemetryCodec;
import io.linewright.testkit.property.Seeded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a file is: what was written comes back, and nothing of a broken one surprises. */
class ImportFileFuzzTest {

  private static final long FROM = 800_000_000_000_000L;
  private static final long TO = FROM + 40 * 86_400_000_000L;
  private static final int LONGEST = 20_000;
  private static final long LARGEST = 10_000_000;

  private static final String HEADER = "tag,time,value,status,ordinal" + System.lineSeparator();

  /** A sample of a tag. */
  private record Said(String tag, Sample sample) {}

  /** Rows in the order of time come out as the samples that they are, each once, in packed form. */
  @Test
  void whatAFileSaysIsWhatIsSent() {
    Seeded.check(
        60,
        random -> {
          List<Said> wanted = new ArrayList<>();
          StringBuilder file = new StringBuilder(HEADER);
          int repeats = write(random, wanted, file);
          List<TelemetryBatch> batches = new ArrayList<>();
          Counts counts = read(file.toString().getBytes(StandardCharsets.UTF_8), batches);

          assertThat(counts.refused).as("refused").isEmpty();
          assertThat(counts.repeated).isEqualTo(repeats);
          assertThat(times(samplesOf(batches))).isEqualTo(times(wanted));
          Set<List<?>> keys = new HashSet<>();
          for (Said one : wanted) {
            assertThat(
                    keys.add(
                        List.of(one.tag(), one.sample().sourceMicros(), one.sample().ordinal())))
                .as("no key twice")
                .isTrue();
          }
        });
  }

  @Test
  void theSameFileGivesTheSameBytesAgain() {
    Seeded.check(
        10,
        random -> {
          StringBuilder file = new StringBuilder(HEADER);
          write(random, new ArrayList<>(), file);
          byte[] bytes = damaged(random, file.toString().getBytes(StandardCharsets.UTF_8));
          assertThat(encoded(bytes)).isEqualTo(encoded(bytes));
        });
  }

  /** Damaged bytes are rows with reasons or a fault of the file, never another failure. */
  @Test
  void damagedFilesAreRefusedAndNothingIsInvented() {
    Seeded.check(
        300,
        random -> {
          StringBuilder file = new StringBuilder(HEADER);
          write(random, new ArrayList<>(), file);
          byte[] bytes = damaged(random, file.toString().getBytes(StandardCharsets.UTF_8));
          List<TelemetryBatch> batches = new ArrayList<>();
          try {
            Counts counts = read(bytes, batches);
            assertThat(counts.refused).allSatisfy(reason -> assertThat(reason).isNotBlank());
          } catch (FileFaultException fault) {
            assertThat(fault.getMessage()).startsWith("line ");
          }
          for (Said said : samplesOf(batches)) {
            assertThat(said.sample().sourceMicros()).isBetween(FROM, TO - 1);
            assertThat(said.sample().value() != null || !said.sample().status().isGood()).isTrue();
          }
        });
  }

  private static List<String> encoded(byte[] file) throws IOException {
    List<TelemetryBatch> batches = new ArrayList<>();
    try {
      read(file, batches);
    } catch (FileFaultException fault) {
      return List.of(String.valueOf(fault.getMessage()));
    }
    return batches.stream().map(batch -> Arrays.toString(TelemetryCodec.encode(batch))).toList();
  }

  private static byte[] damaged(RandomGenerator random, byte[] bytes) {
    byte[] damaged = bytes.clone();
    for (int i = random.nextInt(12); i >= 0; i--) {
      byte[] evil = {0, '"', ',', '\n', '\r', -1, (byte) 0xC3, '#', '/', '-'};
      damaged[random.nextInt(damaged.length)] = evil[random.nextInt(evil.length)];
    }
    return random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
  }

  /** Writes rows; returns how many of them repeat the one before. */
  private static int write(RandomGenerator random, List<Said> wanted, StringBuilder file) {
    Map<String, Said> last = new HashMap<>();
    int repeats = 0;
    long micros = FROM;
    for (int i = random.nextInt(1, 3_000); i > 0; i--) {
      String tag = tag(random);
      micros = Math.min(TO - 1, micros + random.nextInt(3) * random.nextLong(1_000_000_000L));
      Said before = last.get(tag);
      Sample sample = sample(random, tag, micros, before);
      boolean same =
          before != null
              && before.sample().sourceMicros() == micros
              && before.sample().status().equals(sample.status())
              && Objects.equals(before.sample().value(), sample.value());
      boolean explicit = !same && random.nextInt(5) == 0;
      row(random, file, tag, sample, explicit);
      if (same) {
        repeats++;
      } else {
        Said said = new Said(tag, sample);
        wanted.add(said);
        last.put(tag, said);
      }
    }
    return repeats;
  }

  private static Sample sample(
      RandomGenerator random, String tag, long micros, @Nullable Said before) {
    int ordinal =
        before != null && before.sample().sourceMicros() == micros
            ? before.sample().ordinal() + 1
            : 0;
    if (random.nextInt(8) == 0) {
      return new Sample(null, StatusCode.of(0x809B0000), micros, ordinal);
    }
    StatusCode status = random.nextInt(6) == 0 ? StatusCode.of(random.nextInt()) : StatusCode.GOOD;
    return new Sample(value(random, type(tag)), status, micros, ordinal);
  }

  private static SampleValue value(RandomGenerator random, DataType type) {
    return switch (type) {
      case BOOLEAN -> SampleValue.of(random.nextBoolean());
      case INTEGER -> SampleValue.of(random.nextLong() >> random.nextInt(64));
      case DOUBLE ->
          random.nextInt(20) == 0
              ? SampleValue.of(Double.NEGATIVE_INFINITY)
              : SampleValue.of(random.nextInt(4) == 0 ? 1.0 : random.nextGaussian() * 1e6);
      case STRING -> {
        String letters = "ab,\" ü€\uD83D\uDE00x" + (char) 10 + (char) 13;
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(90); i > 0; i--) {
          int at = random.nextInt(letters.codePointCount(0, letters.length()));
          text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, at)));
        }
        yield SampleValue.of(text.toString());
      }
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        yield new SampleValue.BytesValue(bytes);
      }
    };
  }

  private static void row(
      RandomGenerator random, StringBuilder file, String tag, Sample sample, boolean explicit) {
    OffsetDateTime time =
        Instant.EPOCH
            .plus(sample.sourceMicros(), ChronoUnit.MICROS)
            .atOffset(ZoneOffset.ofHoursMinutes(random.nextInt(-11, 12), 0));
    String written = time.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX"));
    SampleValue value = sample.value();
    file.append(tag).append(',').append(written).append(',');
    if (value != null) {
      file.append('"').append(SampleText.of(value).replace("\"", "\"\"")).append('"');
    }
    file.append(',').append(sample.status().equals(StatusCode.GOOD) ? "" : sample.status());
    file.append(',').append(explicit ? sample.ordinal() : "");
    if (random.nextBoolean()) {
      file.append('\r');
    }
    file.append('\n');
    if (random.nextInt(30) == 0) {
      file.append("\r\n\n");
    }
  }

  private static String tag(RandomGenerator random) {
    DataType[] types = DataType.values();
    return "acme/graz/body/line-1/mill-%d#%s"
        .formatted(random.nextInt(3), types[random.nextInt(types.length)]);
  }

  private static DataType type(String tag) {
    return DataType.of(tag.substring(tag.indexOf('#') + 1)).orElseThrow();
  }

  private static final class Counts {
    private int repeated;
    private final List<String> refused = new ArrayList<>();
  }

  private static Counts read(byte[] file, List<TelemetryBatch> batches) throws IOException {
    CsvReader reader = new CsvReader(new ByteArrayInputStream(file), LONGEST, LARGEST);
    RowJudge judge =
        new RowJudge(
            new ImportTerms(FROM, TO, false, null, null, null),
            Columns.of(reader.next()),
            new TypedTags(),
            100);
    BatchPacker packer = new BatchPacker("import", FROM);
    Counts counts = new Counts();
    for (CsvRecord row = reader.next(); row != null; row = reader.next()) {
      switch (judge.judge(row)) {
        case Verdict.Accepted(var tag, var sample) -> batches.addAll(packer.add(tag, sample));
        case Verdict.Repeated() -> counts.repeated++;
        case Verdict.Refused(String reason) -> counts.refused.add(reason);
      }
    }
    batches.addAll(packer.drain());
    return counts;
  }

  /** How often each is there; to look for one by one takes the square of their number. */
  private static Map<Said, Long> times(List<Said> all) {
    return all.stream().collect(Collectors.groupingBy(said -> said, Collectors.counting()));
  }

  private static List<Said> samplesOf(List<TelemetryBatch> batches) throws Exception {
    List<Said> all = new ArrayList<>();
    for (TelemetryBatch batch : batches) {
      TelemetryBatch sent = TelemetryCodec.decode(TelemetryCodec.encode(batch));
      for (TagSeries series : sent.series()) {
        series
            .samples()
            .forEach(sample -> all.add(new Said(sent.device() + "#" + series.tag(), sample)));
      }
    }
    return all;
  }

  /** Knows every tag whose name is that of a type. */
  private static final class TypedTags implements ImportTags {

    @Override
    public Optional<ImportTag> find(TagKey key) {
      return DataType.of(key.name().value())
          .map(type -> new ImportTag(key, type, null, TagRole.PROCESS_VALUE));
    }

    @Override
    public boolean mayRegister(TagKey key) {
      return false;
    }

    @Override
    public ImportTag register(ImportTag tag) {
      throw new AssertionError("nothing is to be registered");
    }
  }
}
