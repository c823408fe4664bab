package io.linewright.bench.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five changes of one machine, of which some did not arrive. */
class BooksTest {

  private static final String MILL = "acme/graz/machining/line-1/mill-01";
  private static final String TAG = MILL + "#temperature";

  @TempDir Path directory;

  @Test
  void whatArrivedOnceIsBalanced() throws Exception {
    Books books = books(rows("1.5", "2.5", "3.5", "4.5"), List.of());

    assertThat(books.verdict().sent()).isEqualTo(4);
    assertThat(books.verdict().stored()).isEqualTo(4);
    assertThat(books.unaccounted()).isZero();
  }

  @Test
  void whatIsMissingMustBeTold() throws Exception {
    ValueColumns rows = rows("1.5", "2.5", "3.5", "4.5");
    ValueColumns two = new ValueColumns();
    two.add(101, "1.5", 0);
    two.add(104, "4.5", 0);

    assertThat(books(two, List.of()).unaccounted()).isEqualTo(2);
    assertThat(books(two, List.of(loss(MILL, 1L))).unaccounted()).isEqualTo(1);
    assertThat(books(two, List.of(loss(MILL, 1L), loss(MILL, 1L))).unaccounted()).isZero();
    assertThat(books(two, List.of(loss(MILL, null))).unaccounted()).isZero();
    assertThat(books(two, List.of(loss("acme/graz/other", 9L))).unaccounted()).isEqualTo(2);
    assertThat(books(rows, List.of(loss(MILL, 5L))).accounted()).isZero();
  }

  @Test
  void wrongAndRepeatedValuesAreSeen() throws Exception {
    ValueColumns rows = rows("1.5", "2.5", "3.0", "4.5");
    rows.add(104, "4.5", 0);
    Books books = books(rows, List.of());

    assertThat(books.verdict().wrong()).isEqualTo(1);
    assertThat(books.verdict().repeated()).isEqualTo(1);
    assertThat(books.unaccounted()).isEqualTo(1);
  }

  @Test
  void strangersAreNamed() {
    ValueColumns arrived = rows("1.5");
    arrived.add(999, "7.0", 0x80310000);

    assertThat(arrived.strangers(TAG, rows("1.5"), 5))
        .singleElement()
        .asString()
        .contains(TAG, "999", "80310000");
  }

  @Test
  void columnsGrowAndCountByTime() {
    ValueColumns columns = new ValueColumns();
    for (int i = 0; i < 1000; i++) {
      columns.add(i, Integer.toString(i), 0);
    }
    assertThat(columns.size()).isEqualTo(1000);
    assertThat(columns.between(10, 20)).isEqualTo(10);
    assertThat(columns.rows()).hasSize(1000);
  }

  @Test
  void percentilesAreNearestRank() {
    assertThat(OutageFigures.percentile(List.of(4L, 1L, 3L, 2L), 0.5)).isEqualTo(2);
    assertThat(OutageFigures.percentile(List.of(4L, 1L, 3L, 2L), 0.99)).isEqualTo(4);
    assertThat(OutageFigures.percentile(List.of(), 0.99)).isZero();
  }

  @Test
  void peakOfTheHeapIsReadFromTheCollectorsLog() throws Exception {
    Path log = directory.resolve("gc.log");
    Files.writeString(
        log,
        """
        [0.004s][info][gc] Using Serial
        [1.2s][info][gc] GC(0) Pause Young (Allocation Failure) 34M->8M(123M) 9.221ms
        [9.9s][info][gc] GC(1) Pause Full (System.gc()) 71M->20M(123M) 33.0ms
        [12.s][info][gc] GC(2) Pause Young (Allocation Failure) 55M->21M(123M) 2.1ms
        """);
    assertThat(GatewayProcess.peakHeap(log)).isEqualTo(71);
  }

  @Test
  void gatewayFilesAreJoinedUnderTwoConnections() throws Exception {
    Path one = file("one", "load-01");
    Path two = file("two", "live-01");

    String joined = GatewayFiles.join(one, two, "live", List.of("log: {max-bytes: 64MiB}"));

    assertThat(joined.lines().filter(line -> line.equals("connections:"))).hasSize(1);
    assertThat(joined.lines().filter(line -> line.equals("devices:"))).hasSize(1);
    assertThat(joined)
        .contains("- id: opcua", "- id: live", "connection: live", "connection: opcua")
        .contains("log: {max-bytes: 64MiB}")
        .contains("password-file: \"" + directory.resolve("two") + "/opcua-password\"");
  }

  private Path file(String name, String machine) throws Exception {
    Path file = Files.createDirectory(directory.resolve(name)).resolve("edge.yaml");
    Files.writeString(
        file,
        """
        version: 1
        gateway: {group: "acme:graz", node: gw-1}
        connections:
          - id: opcua
            security: {password-file: "opcua-password", trust-dir: "trusted"}
        devices:
          - path: acme/graz/load/line-1/%s
            connection: opcua
        """
            .formatted(machine));
    return file;
  }

  private Books books(ValueColumns arrived, List<Arrivals.Loss> losses) throws Exception {
    Path truth = directory.resolve("truth.tsv");
    Files.writeString(
        truth,
        """
        # linewright-truth 1 seed=1 speed=1.0
        90\tTAG\tdouble\t0.5
        # observed 100
        101\tTAG\tdouble\t1.5
        102\tTAG\tdouble\t2.5
        103\tTAG\tdouble\t3.5
        104\tTAG\tdouble\t4.5
        # ended 200
        """
            .replace("TAG", TAG));
    return Books.of(List.of(PlantTruth.read(truth)), Map.of(TAG, arrived), losses);
  }

  private static ValueColumns rows(String... values) {
    ValueColumns columns = new ValueColumns();
    for (int i = 0; i < values.length; i++) {
      columns.add(101 + i, values[i], 0);
    }
    return columns;
  }

  private static Arrivals.Loss loss(
      String equipment, @org.jspecify.annotations.Nullable Long count) {
    return new Arrivals.Loss(equipment, count, "test");
  }
}
