package io.linewright.ingest.app.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.quality.QualityPlaces.Subject;
import io.linewright.ingest.app.quality.QualityStore.Judgement;
import io.linewright.ingest.app.quality.QualityStore.PlantDay;
import io.linewright.ingest.app.quality.day.QualityDay;
import io.linewright.ingest.quality.QualityPart;
import io.linewright.ingest.quality.QualityResult;
import io.linewright.ingest.quality.QualityRules;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Data quality as REST shows it. */
final class QualityViews {

  private QualityViews() {}

  /**
   * A part of the score.
   *
   * @param value 0 to 1; null: cannot be judged, and is left out of the score
   * @param weight share in the score, of all parts that could be judged
   * @param least the bound; of what the night has judged: the present one
   */
  record PartView(
      String part, @Nullable Double value, double weight, double least, boolean breached) {}

  /**
   * How good the values of a tag on a day are.
   *
   * @param from begin of the day
   * @param until up to when values were judged; before the end of the day while it is not over
   * @param over whether the day is over
   * @param version of what is stored; null: judged now, not stored
   * @param samples how many came
   * @param expected 0: on change only, or none
   * @param missing how many of the expected ones did not come; null: not known
   * @param unchanged how many did not come while the device was alive and the tag not Bad: nothing
   *     had changed; null: not known
   * @param delaySeconds from source time to storage, not exceeded by 95 %, at most 9 % too high
   * @param score weighted mean of the parts, 0 to 1; null: nothing could be judged
   */
  record QualityView(
      String tag,
      String day,
      String zone,
      Instant from,
      Instant until,
      boolean over,
      @Nullable Integer version,
      Instant computedAt,
      @Nullable String owner,
      long samples,
      long expected,
      @Nullable Long missing,
      @Nullable Long unchanged,
      @Nullable Double delaySeconds,
      long spikes,
      double flatSeconds,
      @Nullable Double score,
      List<PartView> parts,
      List<String> breaches) {}

  /**
   * What is stored of a tag and day.
   *
   * @param expected 0: on change only, or none
   * @param missing how many of the expected ones did not come; null: not known
   * @param unchanged how many did not come because nothing had changed; null: not known
   * @param delaySeconds from source time to storage, not exceeded by 95 %, at most 9 % too high
   * @param parts by name; what could not be judged is missing
   */
  record QualityRow(
      String tag,
      String day,
      @Nullable String owner,
      int version,
      Instant computedAt,
      long samples,
      long expected,
      @Nullable Long missing,
      @Nullable Long unchanged,
      @Nullable Double delaySeconds,
      @Nullable Double score,
      Map<String, Double> parts,
      List<String> breaches) {

    static QualityRow of(Subject subject, Judgement judgement) {
      Map<String, Double> parts = new TreeMap<>();
      judgement.parts().forEach((part, value) -> parts.put(Parameters.text(part), value));
      return new QualityRow(
          subject.key(),
          judgement.day().toString(),
          subject.tag().owner(),
          judgement.version(),
          judgement.computedAt(),
          judgement.samples(),
          judgement.expected(),
          judgement.missing(),
          judgement.unchanged(),
          judgement.delaySeconds(),
          judgement.score(),
          parts,
          judgement.breaches());
    }
  }

  /**
   * A page, ordered by tag, or by day.
   *
   * @param day null, and left out: days of one tag
   */
  record QualityPage(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String day,
      List<QualityRow> results,
      @Nullable String next) {}

  /**
   * The plant on a day.
   *
   * @param tags how many tags were judged, breached how many of them are below a bound
   * @param assets pieces of equipment with tags that were there on the day
   * @param assetsConnected those that sent a value that is not Bad, or none because nothing had
   *     changed
   * @param assetsConnectedPercent null without assets
   * @param availabilityPercent valid values of the expected ones; null if none were expected
   */
  record PlantView(
      String day,
      String zone,
      long tags,
      long breached,
      long assets,
      long assetsConnected,
      @Nullable Double assetsConnectedPercent,
      @Nullable Double availabilityPercent) {

    static PlantView of(QualityDay day, PlantDay plant) {
      Double availability = plant.availability();
      return new PlantView(
          day.day().toString(),
          day.zone().getId(),
          plant.tags(),
          plant.breached(),
          plant.assets(),
          plant.connected(),
          plant.assets() == 0 ? null : (Double) (100.0 * plant.connected() / plant.assets()),
          availability == null ? null : (Double) (100 * availability));
    }
  }

  /** A day as it is judged now. */
  static QualityView view(
      Subject subject,
      QualityDay day,
      QualityResult result,
      @Nullable Judgement stored,
      Instant computedAt) {
    List<String> breaches = names(result.breaches());
    return new QualityView(
        subject.key(),
        day.day().toString(),
        day.zone().getId(),
        day.from(),
        day.until(),
        day.isOver(),
        stored == null ? null : (Integer) stored.version(),
        computedAt,
        subject.tag().owner(),
        result.samples(),
        result.expected(),
        result.missing(),
        result.unchanged(),
        result.delaySeconds().isPresent() ? (Double) result.delaySeconds().getAsDouble() : null,
        result.spikes(),
        result.flatMicros() / 1e6,
        result.score().isPresent() ? (Double) result.score().getAsDouble() : null,
        parts(result.parts(), result.rules(), breaches),
        breaches);
  }

  /** A day as the night has judged it, of which not all samples are there any more. */
  static QualityView view(Subject subject, QualityDay day, Judgement stored, QualityRules present) {
    return new QualityView(
        subject.key(),
        day.day().toString(),
        stored.zone(),
        day.from(),
        day.until(),
        day.isOver(),
        stored.version(),
        stored.computedAt(),
        subject.tag().owner(),
        stored.samples(),
        stored.expected(),
        stored.missing(),
        stored.unchanged(),
        stored.delaySeconds(),
        stored.spikes(),
        stored.flatSeconds(),
        stored.score(),
        parts(stored.parts(), present, stored.breaches()),
        stored.breaches());
  }

  private static List<PartView> parts(
      Map<QualityPart, Double> values, QualityRules rules, List<String> breaches) {
    return Arrays.stream(QualityPart.values())
        .map(
            part ->
                new PartView(
                    Parameters.text(part),
                    values.get(part),
                    part.weight(),
                    rules.least().getOrDefault(part, 0.0),
                    breaches.contains(Parameters.text(part))))
        .toList();
  }

  static List<String> names(List<QualityPart> parts) {
    return parts.stream().map(Parameters::text).toList();
  }
}
