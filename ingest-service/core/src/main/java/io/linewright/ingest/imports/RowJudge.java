package io.linewright.ingest.imports;

import io.linewright.ingest.imports.Columns.Column;
import io.linewright.model.csv.CsvRecord;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.unit.UcumUnit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rows of one file, in order: the same rows get the same verdicts as long as the
 * registry says the same. Remembers one row per tag. Used by one thread.
 */
public final class RowJudge {

  /** A path with 8 segments, {@code #} and a name. */
  private static final int MAX_TAG = 8 * 65 + 1 + 200;

  private static final int MAX_REASON = 300;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?|NaN|-?Infinity");
  private static final Pattern ORDINAL = Pattern.compile("[0-9]{1,5}");

  /** A tag with its rows so far, or why it cannot be had. */
  private record Known(@Nullable ImportTag tag, TagSequence sequence, String refusal) {}

  private static final class RefusedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedRowException(String reason) {
      super(reason, null, false, false);
    }
  }

  private final ImportTerms terms;
  private final Columns columns;
  private final ImportTags tags;
  private final int maxTags;
  private final Map<String, Known> known = new HashMap<>();

  /**
   * @param maxTags most different tags of a file; rows of further ones are refused
   */
  public RowJudge(ImportTerms terms, Columns columns, ImportTags tags, int maxTags) {
    this.terms = terms;
    this.columns = columns;
    this.tags = tags;
    this.maxTags = maxTags;
  }

  /** What becomes of the next row of the file. */
  public Verdict judge(CsvRecord row) {
    try {
      return judged(row);
    } catch (RefusedRowException | IllegalArgumentException refused) {
      String reason = String.valueOf(refused.getMessage());
      return new Verdict.Refused(
          reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…");
    }
  }

  private Verdict judged(CsvRecord row) {
    if (row.fault() != null) {
      throw new RefusedRowException(row.fault());
    }
    if (row.cells().size() != columns.count()) {
      throw new RefusedRowException(
          "%d fields, but the header has %d".formatted(row.cells().size(), columns.count()));
    }
    long micros = ImportTime.parse(needed(row, Column.TIME));
    if (!terms.admits(micros)) {
      throw new RefusedRowException("the time is not in the period that the import declares");
    }
    Known of = tag(row);
    ImportTag registered = of.tag();
    if (registered == null) {
      throw new RefusedRowException(of.refusal());
    }
    if (micros < registered.keptFromMicros()) {
      throw new RefusedRowException(
          "values of this tag are kept from %s on"
              .formatted(Instant.EPOCH.plus(registered.keptFromMicros(), ChronoUnit.MICROS)));
    }
    ImportTag tag = registered.at(micros);
    agree(tag, row);
    String told = columns.text(row, Column.STATUS);
    StatusCode status = told == null ? StatusCode.GOOD : StatusText.parse(told);
    SampleValue value = value(row, tag.type());
    if (value == null && status.isGood()) {
      throw new RefusedRowException(
          "the value is empty, but its status good; without a value it is for example Bad_NoData");
    }
    return of.sequence().place(tag, value, status, micros, ordinal(row));
  }

  private Known tag(CsvRecord row) {
    String text = needed(row, Column.TAG);
    Known before = known.get(text);
    if (before != null) {
      return before;
    }
    if (text.length() > MAX_TAG) {
      throw new RefusedRowException(
          "the tag has more than %d characters; it is written PATH#NAME".formatted(MAX_TAG));
    }
    if (known.size() >= maxTags) {
      throw new RefusedRowException(
          "more than %d different tags in one file; divide it".formatted(maxTags));
    }
    TagKey key = TagKey.parse(text);
    Optional<ImportTag> found = tags.find(key);
    if (found.isEmpty() && terms.create() && tags.mayRegister(key)) {
      found = Optional.of(tags.register(described(key, row)));
    }
    Known now =
        new Known(
            found.orElse(null),
            new TagSequence(),
            "there is no tag %s%s"
                .formatted(text, terms.create() ? "" : "; create=true registers unknown tags"));
    if (found.isPresent() || !terms.create()) {
      known.put(text, now);
    }
    return now;
  }

  private ImportTag described(TagKey key, CsvRecord row) {
    DataType type = or(type(row), terms.type());
    if (type == null) {
      throw new RefusedRowException("the tag is new and has no type; name it in the column type");
    }
    String unit = or(columns.text(row, Column.UNIT), terms.unit());
    TagRole role = or(role(row), terms.role());
    return new ImportTag(
        key,
        type,
        UcumUnit.parse(unit == null ? UcumUnit.ONE.code() : unit).code(),
        role == null ? TagRole.PROCESS_VALUE : role);
  }

  /** What the row says of its tag must not contradict the registry: a wrong unit stays unseen. */
  private void agree(ImportTag tag, CsvRecord row) {
    DataType type = type(row);
    if (type != null && type != tag.type()) {
      throw new RefusedRowException(
          "the tag is registered as %s, the row says %s".formatted(tag.type(), type));
    }
    String unit = columns.text(row, Column.UNIT);
    if (unit != null && tag.unit() != null && !unit.equals(tag.unit())) {
      throw new RefusedRowException(
          "the tag is registered with unit %s, the row says %s"
              .formatted(tag.unit(), ImportText.shortened(unit)));
    }
    TagRole role = role(row);
    if (role != null && role != tag.role()) {
      throw new RefusedRowException(
          "the tag is registered with role %s, the row says %s".formatted(tag.role(), role));
    }
  }

  private @Nullable DataType type(CsvRecord row) {
    String text = columns.text(row, Column.TYPE);
    return text == null
        ? null
        : DataType.of(text)
            .orElseThrow(
                () ->
                    new RefusedRowException(
                        "'%s' is no type; it is boolean, integer, double, string or bytes"
                            .formatted(ImportText.shortened(text))));
  }

  private @Nullable TagRole role(CsvRecord row) {
    String text = columns.text(row, Column.ROLE);
    return text == null
        ? null
        : TagRole.of(text)
            .orElseThrow(
                () ->
                    new RefusedRowException(
                        "'%s' is no role of tags".formatted(ImportText.shortened(text))));
  }

  private @Nullable SampleValue value(CsvRecord row, DataType type) {
    CsvRecord.Cell cell = columns.cell(row, Column.VALUE);
    boolean mayBeEmpty = type == DataType.STRING || type == DataType.BYTES;
    if (cell == null || (cell.text().isEmpty() && !mayBeEmpty)) {
      return null;
    }
    Pattern form =
        switch (type) {
          case INTEGER -> INTEGER;
          case DOUBLE -> DOUBLE;
          case BOOLEAN, STRING, BYTES -> null;
        };
    if (form != null && !form.matcher(cell.text()).matches()) {
      throw new RefusedRowException(
          "'%s' is no value of type %s".formatted(ImportText.shortened(cell.text()), type));
    }
    return SampleText.parse(type, cell.text());
  }

  private @Nullable Integer ordinal(CsvRecord row) {
    String text = columns.text(row, Column.ORDINAL);
    if (text == null) {
      return null;
    }
    int ordinal = ORDINAL.matcher(text).matches() ? Integer.parseInt(text) : -1;
    if (ordinal < 0 || ordinal > Sample.MAX_ORDINAL) {
      throw new RefusedRowException(
          "the ordinal must be 0 to %d, not '%s'"
              .formatted(Sample.MAX_ORDINAL, ImportText.shortened(text)));
    }
    return ordinal;
  }

  private String needed(CsvRecord row, Column column) {
    String text = columns.text(row, column);
    if (text == null || text.isEmpty()) {
      throw new RefusedRowException(
          "%s is empty".formatted(column.name().toLowerCase(Locale.ROOT)));
    }
    return text;
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }
}
