package io.linewright.ingest.app.read;

import io.linewright.ingest.app.answer.AnswerForm;
import io.linewright.ingest.app.answer.Csv;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.answer.Values;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.app.truth.CorrectionViews.CorrectionView;
import io.linewright.ingest.page.PageCursor;
import io.linewright.ingest.truth.StoredSample;
import io.linewright.model.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a page of samples while it is read, a stretch at a time: each has a short query of its
 * own, so that a slow client holds neither a connection nor more memory than a stretch needs. When
 * the database fails on the way, a JSON document stays open and therefore unreadable.
 */
final class SamplePageWriter {

  /** Samples that are read at once, some 800 KB of JSON. */
  private static final int STRETCH = 5_000;

  /** The same if corrections are shown: at most 20 of each sample. */
  private static final int CORRECTED_STRETCH = 250;

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
    Stretch done = new Stretch(order.after(), 0);
    int left = order.limit();
    do {
      int wanted = Math.min(left, order.corrections() ? CORRECTED_STRETCH : STRETCH);
      done =
          order.corrections()
              ? writeWithCorrections(order, done.end(), wanted, page)
              : write(order, done.end(), wanted, page);
      page.flush();
      stretch.writeTo(body);
      stretch.reset();
      left = done.count() < wanted ? 0 : left - wanted;
    } while (left > 0);
    page.end(order.next());
    stretch.writeTo(body);
  }

  private static Stretch write(Order order, PageCursor after, int wanted, Page page) {
    Progress progress = new Progress(after, order.samples());
    order
        .samples()
        .read(
            after,
            wanted,
            (sample, gateway, ingest) -> progress.write(sample, gateway, ingest, null, page));
    return new Stretch(progress.end(), progress.count);
  }

  private static Stretch writeWithCorrections(
      Order order, PageCursor after, int wanted, Page page) {
    List<StoredSample> samples = new ArrayList<>(wanted);
    order
        .samples()
        .read(
            after,
            wanted,
            (sample, gateway, ingest) -> samples.add(new StoredSample(sample, gateway, ingest)));
    var said = order.samples().about(after, samples.stream().map(StoredSample::sample).toList());
    Progress progress = new Progress(after, order.samples());
    for (StoredSample one : samples) {
      progress.write(
          one.sample(), one.gatewayMicros(), one.ingestMicros(), said.apply(one.sample()), page);
    }
    return new Stretch(progress.end(), progress.count);
  }

  /** How far a stretch has come. */
  private record Stretch(PageCursor end, int count) {}

  private static final class Progress {
    private final PageCursor begin;
    private final ListedSamples samples;
    private final boolean severalVersions;
    private final Rfc3339.Repeating gatewayTimes = new Rfc3339.Repeating();
    private final Rfc3339.Repeating ingestTimes = new Rfc3339.Repeating();
    private @Nullable Sample last;
    private int count;

    Progress(PageCursor begin, ListedSamples samples) {
      this.begin = begin;
      this.samples = samples;
      this.severalVersions = samples.severalVersions();
    }

    void write(
        Sample sample,
        long gatewayMicros,
        long ingestMicros,
        @Nullable List<CorrectionView> corrections,
        Page page) {
      page.sample(
          samples.shown(sample),
          severalVersions ? samples.partAt(sample.sourceMicros()).piece().version() : 0,
          gatewayTimes.format(gatewayMicros),
          ingestTimes.format(ingestMicros),
          corrections);
      last = sample;
      count++;
    }

    PageCursor end() {
      return last == null ? begin : begin.after(last.sourceMicros(), last.ordinal());
    }
  }

  /** A page in one of the forms. */
  private interface Page {
    /**
     * @param version 0: there is only one
     */
    void sample(
        Sample sample,
        int version,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections);

    void flush() throws IOException;

    void end(@Nullable String next) throws IOException;
  }

  private record JsonPage(JsonGenerator out) implements Page {

    JsonPage(JsonGenerator out, ListedSamples samples) {
      this(out);
      Tag tag = samples.tag();
      out.writeStartObject();
      out.writeStringProperty("tag", tag.key());
      out.writeStringProperty("type", tag.type().toString());
      out.writeStringProperty("unit", tag.unit());
      if (samples.severalVersions()) {
        SampleJson.writeVersions(out, samples);
      }
      out.writeArrayPropertyStart("samples");
    }

    @Override
    public void sample(
        Sample sample,
        int version,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections) {
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

  private record CsvPage(Csv out, String tag) implements Page {

    CsvPage(Csv out, ListedSamples samples) throws IOException {
      this(out, samples.tag().key());
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
      if (samples.severalVersions()) {
        out.field("version");
      }
      out.end();
    }

    @Override
    public void sample(
        Sample sample,
        int version,
        String gatewayTime,
        String ingestTime,
        @Nullable List<CorrectionView> corrections) {
      Csv line = Values.write(out.field(tag), sample).field(gatewayTime).field(ingestTime);
      if (version > 0) {
        line.field(version);
      }
      line.endLine();
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
