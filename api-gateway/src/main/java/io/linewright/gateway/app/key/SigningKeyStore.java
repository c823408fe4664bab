package io.linewright.gateway.app.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Loads the signing keys at start; makes the first one, and a new one when the newest is old. */
final class SigningKeyStore {

  private static final int RSA_BITS = 2048;

  /** Longest life of a token (10 min) with room for clocks and caches. */
  private static final Duration KEPT_AFTER_SUCCESSOR = Duration.ofDays(1);

  /** Serialises the making of keys among several gateways on one database. */
  private static final long ADVISORY_LOCK = 0x6c77_6b65_7973L;

  private record Row(String id, Instant createdAt, byte[] sealed) {}

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final KeySettings settings;
  private final InstantSource clock;

  SigningKeyStore(
      JdbcClient jdbc,
      TransactionOperations transaction,
      KeySettings settings,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The keys in force.
   *
   * @throws IllegalStateException if the database holds keys that the master key cannot open
   */
  SigningKeys load() {
    return transaction.execute(status -> loadLocked());
  }

  private SigningKeys loadLocked() {
    jdbc.sql("select pg_advisory_xact_lock(?)").param(ADVISORY_LOCK).query().singleRow();
    Instant now = clock.instant();
    List<Row> rows = rows();
    MasterKey master = master(rows.isEmpty());
    List<RSAKey> keys = new ArrayList<>();
    if (rows.isEmpty() || rows.getFirst().createdAt().plus(settings.maxAge()).isBefore(now)) {
      keys.add(add(master, now));
    }
    Instant followedAt = keys.isEmpty() ? Instant.MAX : now;
    for (Row row : rows) {
      if (followedAt.isAfter(now.minus(KEPT_AFTER_SUCCESSOR))) {
        keys.add(open(master, row));
      } else {
        jdbc.sql("delete from signing_key where key_id = ?").param(row.id()).update();
      }
      followedAt = row.createdAt();
    }
    return new SigningKeys(keys);
  }

  private MasterKey master(boolean first) {
    if (Files.exists(settings.file())) {
      return MasterKey.read(settings.file());
    }
    if (!first) {
      throw new IllegalStateException(
          "the master key "
              + settings.file()
              + " is missing, so the signing keys in the database cannot be opened; restore the"
              + " file from its backup, or empty the table gateway.signing_key to begin with new"
              + " keys (running programs then need new tokens)");
    }
    return MasterKey.create(settings.file());
  }

  private List<Row> rows() {
    return jdbc.sql(
            "select key_id, created_at, private_key from signing_key order by created_at desc")
        .query(
            (row, number) ->
                new Row(
                    row.getString("key_id"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getBytes("private_key")))
        .list();
  }

  private RSAKey add(MasterKey master, Instant now) {
    try {
      RSAKey key =
          new RSAKeyGenerator(RSA_BITS)
              .keyID(UUID.randomUUID().toString())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .generate();
      byte[] json = key.toJSONString().getBytes(StandardCharsets.UTF_8);
      jdbc.sql("insert into signing_key (key_id, created_at, private_key) values (?, ?, ?)")
          .param(key.getKeyID())
          .param(now.atOffset(ZoneOffset.UTC))
          .param(master.seal(json, key.getKeyID()))
          .update();
      return key;
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot generate an RSA key", e);
    }
  }

  private RSAKey open(MasterKey master, Row row) {
    try {
      byte[] json = master.open(row.sealed(), row.id());
      return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | ParseException e) {
      throw new IllegalStateException(
          "signing key "
              + row.id()
              + " cannot be opened with the master key "
              + settings.file()
              + "; restore the file that belongs to this database",
          e);
    }
  }
}
