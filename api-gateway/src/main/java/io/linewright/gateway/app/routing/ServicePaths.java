package io.linewright.gateway.app.routing;

import java.util.Set;
import org.springframework.web.servlet.function.RequestPredicate;

/** Which service answers a path: what its first name behind {@code /api/v1/} says. */
public final class ServicePaths {

  /** Name of the service that everything goes to that is no other's. */
  public static final String INGEST_SERVICE = "ingest-service";

  /** Name of the service of figures. */
  public static final String OEE_SERVICE = "oee-service";

  private static final Set<String> OEE =
      Set.of(
          "oee",
          "time-slices",
          "state-times",
          "time-ranges",
          "shifts",
          "calendars",
          "stops",
          "counts",
          "manual-reports",
          "products",
          "ideal-cycles",
          "reason-trees",
          "lines",
          "machine-rules",
          "tolerances",
          "manual-stations",
          "production-orders",
          "order-runs",
          "in-force",
          "target-actual",
          "energy",
          "master-data",
          "mes");

  private static final String ROOT = "/api/v1/";

  private ServicePaths() {}

  /** Name of the service that answers a path, without its query. */
  public static String serviceOf(String path) {
    if (!path.startsWith(ROOT)) {
      return INGEST_SERVICE;
    }
    int end = path.indexOf('/', ROOT.length());
    String name = path.substring(ROOT.length(), end < 0 ? path.length() : end);
    return OEE.contains(name) ? OEE_SERVICE : INGEST_SERVICE;
  }

  /** Requests that a service answers. */
  static RequestPredicate of(String service) {
    return request -> serviceOf(request.path()).equals(service);
  }
}
