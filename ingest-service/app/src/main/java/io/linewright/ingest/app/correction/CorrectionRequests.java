package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.command.Requester;
import io.linewright.ingest.app.correction.RefusedItemsException.RefusedItem;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.registry.Series;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.command.WantedValue;
import io.linewright.ingest.imports.StatusText;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.truth.Correction;
import io.linewright.ingest.truth.Kind;
import io.linewright.ingest.truth.Target;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what clients write of corrections. */
final class CorrectionRequests {

  static final int MAX_ITEMS = 1_000;

  /** Most tags of a request: each is locked. */
  static final int MAX_TAGS = 100;

  private static final int MAX_REASON = 1_000;

  /** 100 years: nobody means more, and who writes more has mistyped a year. */
  private static final long MAX_RANGE_MICROS = 36_525L * 86_400_000_000L;

  /**
   * A correction as it is written.
   *
   * @param tag {@code path#name}
   * @param kind replace, insert, delete or restore
   * @param time of one value; or from and to
   * @param ordinal among the values of one microsecond; missing: 0
   * @param from begin of a range to delete or restore, included
   * @param to its end, not included
   * @param value of a replace or insert: true or false, a number, a text; bytes as Base64. May be
   *     missing if the status is Bad
   * @param status of a replace or insert: name or number of OPC UA; missing: Good
   */
  record CorrectionItem(
      @Nullable String tag,
      @Nullable String kind,
      @Nullable String time,
      @Nullable Integer ordinal,
      @Nullable String from,
      @Nullable String to,
      @Nullable Object value,
      @Nullable Object status) {}

  /**
   * Corrections that belong together: all are made, or none.
   *
   * @param reason why, 1 to 1,000 characters
   * @param corrections 1 to 1,000, in their order; of at most 100 tags
   */
  record CorrectionBundle(
      @Nullable String reason, @Nullable List<@Nullable CorrectionItem> corrections) {}

  private final Registry registry;

  CorrectionRequests(Registry registry) {
    this.registry = registry;
  }

  /**
   * @throws IllegalArgumentException if it is no reason
   */
  static String reason(@Nullable String text) {
    if (text == null || text.isBlank() || text.length() > MAX_REASON || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "reason must say why in 1 to %d characters, none of them U+0000".formatted(MAX_REASON));
    }
    return text;
  }

  /**
   * The corrections that are asked for.
   *
   * @param latestMicros latest time at which a value can be
   * @throws IllegalArgumentException if one is not written rightly
   * @throws RefusedItemsException if one names no tag of the requester's, or no value that it can
   *     have
   */
  List<WantedCorrection> read(CorrectionBundle bundle, Requester requester, long latestMicros) {
    List<@Nullable CorrectionItem> items = bundle.corrections();
    if (items == null || items.isEmpty() || items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(
          "corrections must have 1 to %d items; send more in several requests"
              .formatted(MAX_ITEMS));
    }
    registry.refresh();
    List<WantedCorrection> wanted = new ArrayList<>(items.size());
    List<RefusedItem> refused = new ArrayList<>();
    Set<Integer> tags = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      CorrectionItem item = items.get(i);
      try {
        if (item == null) {
          throw new IllegalArgumentException("it is null");
        }
        TagKey key = TagKey.parse(item.tag() == null ? "" : item.tag());
        Kind kind = kind(item.kind());
        Target target = target(item);
        StatusCode status = status(item.status());
        Optional<Series> series = series(key, requester);
        String refusal =
            series.isEmpty() ? "there is no such tag" : untimely(kind, target, latestMicros);
        if (series.isPresent() && refusal == null) {
          List<Part> parts = parts(series.get(), target);
          refusal = parts.isEmpty() ? "its equipment has no values of that time" : null;
          for (Part part : parts) {
            Tag tag =
                series.get().tag().stored(part.tagId(), part.type()).at(key.equipment().toString());
            tags.add(tag.id());
            switch (value(tag, item.value())) {
              case WantedValue.Unfit(String reason) -> refusal = reason;
              case WantedValue.Fit(SampleValue value) ->
                  wanted.add(
                      new WantedCorrection(
                          i, tag, new Correction(kind, part.target(), value, status)));
              case null ->
                  wanted.add(
                      new WantedCorrection(
                          i, tag, new Correction(kind, part.target(), null, status)));
            }
          }
        }
        if (refusal != null) {
          refused.add(
              new RefusedItem(i, key.toString(), Rfc3339.format(target.fromMicros()), refusal));
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "corrections[%d]: %s".formatted(i, wrong.getMessage()), wrong);
      }
    }
    if (!refused.isEmpty()) {
      throw new RefusedItemsException(refused, items.size());
    }
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "%d tags are named, at most %d can be; send several requests"
              .formatted(tags.size(), MAX_TAGS));
    }
    return wanted;
  }

  /** What may be changed by that name: the equipment that is there, with its past elsewhere. */
  private Optional<Series> series(TagKey key, Requester requester) {
    if (!requester.mayChange(key.equipment().toString())) {
      return Optional.empty();
    }
    try {
      Series series = registry.series(key, false);
      return requester.mayChange(series.tag().path()) ? Optional.of(series) : Optional.empty();
    } catch (RefusedException unknown) {
      return Optional.empty();
    }
  }

  /**
   * What a correction touches of one stored tag.
   *
   * @param type of its values at that time, of a range at its end
   */
  private record Part(int tagId, DataType type, Target target) {}

  /**
   * Divides a correction by where its values are stored: equipment that was moved has values under
   * several addresses, and at other times other equipment has values there.
   */
  private static List<Part> parts(Series series, Target target) {
    List<Part> parts = new ArrayList<>();
    for (Piece piece : series.pieces()) {
      if (piece.overlaps(target.fromMicros(), target.toMicros())) {
        long from = Math.max(piece.fromMicros(), target.fromMicros());
        boolean goesOn =
            !parts.isEmpty()
                && parts.getLast().tagId() == piece.tagId()
                && parts.getLast().target().toMicros() == from;
        if (goesOn) {
          from = parts.removeLast().target().fromMicros();
        }
        Target part =
            target instanceof Target.During
                ? new Target.During(from, Math.min(piece.toMicros(), target.toMicros()))
                : target;
        parts.add(new Part(piece.tagId(), piece.type(), part));
      }
    }
    return parts;
  }

  private static @Nullable String untimely(Kind kind, Target target, long latestMicros) {
    return kind == Kind.INSERT && target.fromMicros() > latestMicros
        ? "a value cannot be inserted later than %s".formatted(Rfc3339.format(latestMicros))
        : null;
  }

  private static @Nullable WantedValue value(Tag tag, @Nullable Object written) {
    return written == null ? null : WantedValue.of(tag.type(), null, written);
  }

  private static Kind kind(@Nullable String text) {
    return Kind.of(text == null ? "" : text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind must be replace, insert, delete or restore, not '%s'"
                        .formatted(Parameters.shortened(String.valueOf(text)))));
  }

  private static Target target(CorrectionItem item) {
    String time = item.time();
    String from = item.from();
    String to = item.to();
    if (time != null && from == null && to == null) {
      int ordinal = item.ordinal() == null ? 0 : item.ordinal();
      if (ordinal < 0) {
        throw new IllegalArgumentException(
            "ordinal must be 0 to %d, not %d".formatted(Sample.MAX_ORDINAL, ordinal));
      }
      return new Target.At(micros("time", time), ordinal);
    }
    if (time == null && from != null && to != null && item.ordinal() == null) {
      long begin = micros("from", from);
      long end = micros("to", to);
      if (end - begin > MAX_RANGE_MICROS) {
        throw new IllegalArgumentException(
            "from %s to %s is longer than 100 years; write several ranges".formatted(from, to));
      }
      return new Target.During(begin, end);
    }
    throw new IllegalArgumentException(
        "write either time (and ordinal, if it is not 0) of one value, or from and to of a range");
  }

  private static long micros(String name, String text) {
    long micros = Rfc3339.parse(name, text);
    if (micros < CorrectionLog.EARLIEST_MICROS) {
      throw new IllegalArgumentException(name + " must lie in the years 1900 to 9999");
    }
    return micros;
  }

  private static StatusCode status(@Nullable Object written) {
    return switch (written) {
      case null -> StatusCode.GOOD;
      case String name -> StatusText.parse(name);
      case Integer number -> StatusText.parse(number.toString());
      case Long number -> StatusText.parse(number.toString());
      default ->
          throw new IllegalArgumentException(
              "status must be a name of OPC UA like Good or Bad, or a number of 32 bits");
    };
  }
}
