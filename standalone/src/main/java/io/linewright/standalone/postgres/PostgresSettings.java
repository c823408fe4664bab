package io.linewright.standalone.postgres;

import io.linewright.standalone.tls.Listener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The server's settings; durable first, then small. */
final class PostgresSettings {

  /**
   * Settings by name.
   *
   * @param tls the server's own copies of key and certificate
   */
  static Map<String, String> of(Listener listener, int port, Optional<PostgresTls> tls) {
    Map<String, String> settings = new LinkedHashMap<>();
    // An address that stands for all means those of its own family only, unlike in Java.
    settings.put("listen_addresses", listener.everywhere() ? "*" : listener.bind());
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    settings.put("track_commit_timestamp", "on");
    settings.put("shared_buffers", "256MB");
    settings.put("work_mem", "8MB");
    settings.put("maintenance_work_mem", "64MB");
    // Three historians with 20 each and what they open besides, the gateway with 8.
    settings.put("max_connections", "100");
    // A query over all days locks each of their partitions: room for more than twenty years.
    settings.put("max_locks_per_transaction", "512");
    settings.put("wal_buffers", "16MB");
    settings.put("max_wal_size", "1GB");
    settings.put("min_wal_size", "128MB");
    settings.put("wal_recycle", "on");
    settings.put("jit", "off");
    settings.put("max_parallel_workers_per_gather", "0");
    settings.put("timezone", "UTC");
    // Services meet unique violations on purpose; only what concerns the server itself is logged.
    settings.put("log_min_messages", "log");
    settings.put("log_checkpoints", "off");
    settings.put("log_line_prefix", "");
    tls.ifPresent(files -> settings.putAll(files.settings()));
    return settings;
  }

  private PostgresSettings() {}
}
