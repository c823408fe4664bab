package io.linewright.ingest.app.read;

import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.registry.SeriesPlan.Part;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.model.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a page of samples while it is read, a stretch at a time: each has a short query of its
 * own, so that a slow client holds neither a connection nor more memory than a stretch needs. When
 * the database fails on the way, a JSON document stays open and therefore unreadable.
 */
final class SamplePageWriter {

  /** If corrections are shown, at most 20 of each sample, so much fewer are read at once. */
  private static final int FEWER_WITH_CORRECTIONS = 20;

  /**
   * A page.
   *
   * @param after behind which sample it begins
   * @param limit most samples
   * @param corrections whether what has been said of each sample is shown
   * @param next cursor to name as that of the next page; null: none
   */
  record Order(
      ListedSamples samples,
      PageCursor after,
      int limit,
      boolean corrections,
      @Nullable String next) {}

  private final JsonMapper json;

  SamplePageWriter(JsonMapper json) {
    this.json = json;
  }

  /** Writes a page; corrections can be shown in JSON only. */
  void write(AnswerForm form, Order order, OutputStream body) throws IOException {
    if (form == AnswerForm.BINARY) {
      BulkAnswer.write(order, body);
      return;
    }
    ByteArrayOutputStream stretch = new ByteArrayOutputStream(64 * 1024);
    Page page =
        form == AnswerForm.CSV
            ? new CsvPage(new Csv(stretch), order.samples())
            : new JsonPage(json.createGenerator(stretch), order.samples());
    Progress progress = new Progress(order.after(), order.samples());
    int most = order.samples().stretch() / (order.corrections() ? FEWER_WITH_CORRECTIONS : 1);
    int left = order.limit();
    do {
      int wanted = Math.min(left, most);
      List<StoredSample> read = order.samples().read(progress.end(), wanted);
      progress.write(read, order.corrections(), page);
      page.flush();
      stretch.writeTo(body);
      stretch.reset();
      left = read.size() < wanted ? 0 : left - wanted;
    } while (left > 0);
    page.end(order.next());
    stretch.writeTo(body);
  }

  private static final class Progress {
    private final ListedSamples samples;
    private final Rfc3339.Repeating gatewayTimes = new Rfc3339.Repeating();
    private final Rfc3339.Repeating ingestTimes = new Rfc3339.Repeating();
    private PageCursor end;

    Progress(PageCursor begin, ListedSamples samples) {
      this.samples = samples;
      this.end = begin;
    }

    void write(List<StoredSample> read, boolean corrections, Page page) {
      Function<Sample, List<CorrectionView>> said =
          corrections ? samples.about(read.stream().map(StoredSample::sample).toList()) : null;
      for (StoredSample one : read) {
        Sample sample = one.sample();
        page.sample(
            samples.shown(sample),
            samples.partAt(sample.sourceMicros()),
            gatewayTimes.format(one.gatewayMicros()),
            ingestTimes.format(one.ingestMicros()),
            said == null ? null : said.apply(sample));
      }
      if (!read.isEmpty()) {
        Sample last = read.getLast().sample();
        end = end.after(last.sourceMicros(), last.ordinal());
      }
    }

    PageCursor end() {
      return end;
    }
  }

  /** A page in one of the forms. */
  private interface Page {
    /**
     * @param part to which it belongs
     */
    void sample(
        Sample sample,
        Part part,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections);

    void flush() throws IOException;

    void end(@Nullable String next) throws IOException;
  }

  private record JsonPage(JsonGenerator out, boolean versions) implements Page {

    JsonPage(JsonGenerator out, ListedSamples samples) {
      this(out, samples.severalVersions());
      Tag tag = samples.tag();
      out.writeStartObject();
      out.writeStringProperty("tag", tag.key());
      out.writeStringProperty("type", tag.type().toString());
      out.writeStringProperty("unit", tag.unit());
      if (versions) {
        SampleJson.writeVersions(out, samples);
      }
      out.writeArrayPropertyStart("samples");
    }

    @Override
    public void sample(
        Sample sample,
        Part part,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections) {
      int version = versions ? part.piece().version() : 0;
      SampleJson.write(out, sample, version, gatewayTime, ingestTime, corrections);
    }

    @Override
    public void flush() {
      out.flush();
    }

    @Override
    public void end(@Nullable String next) {
      out.writeEndArray();
      if (next == null) {
        out.writeNullProperty("next");
      } else {
        out.writeStringProperty("next", next);
      }
      out.writeEndObject();
      out.close();
    }
  }

  private static final class CsvPage implements Page {
    private final Csv out;
    private final ListedSamples samples;
    private final String tag;
    private final boolean versions;
    private @Nullable Part told;
    private String type = "";
    private String unit = "";

    CsvPage(Csv out, ListedSamples samples) throws IOException {
      this.out = out;
      this.samples = samples;
      this.tag = samples.tag().key();
      this.versions = samples.severalVersions();
      for (String column :
          List.of(
              "tag",
              "time",
              "value",
              "status",
              "statusName",
              "ordinal",
              "gatewayTime",
              "ingestTime")) {
        out.field(column);
      }
      if (versions) {
        out.field("version");
      }
      out.line("type", "unit");
    }

    @Override
    public void sample(
        Sample sample,
        Part part,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections) {
      Values.write(out.field(tag), sample).field(gatewayTime).field(ingestTime);
      if (versions) {
        out.field(part.piece().version());
      }
      if (told == null || !told.equals(part)) {
        told = part;
        type = ListedSamples.type(part).toString();
        unit = samples.unit(part);
      }
      out.field(type).field(unit).endLine();
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void end(@Nullable String next) throws IOException {
      out.flush();
    }
  }
}
