package io.linewright.oee.app.document;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.csv.CsvReader;
import io.linewright.model.csv.FileFaultException;
import io.linewright.oee.masterdata.CsvSections;
import io.linewright.oee.masterdata.form.Fault;
import io.linewright.oee.masterdata.form.Faults;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A document that was sent.
 *
 * @param name for people
 * @param format {@code yaml}, or the kind of which its rows are
 * @param sha256 of its bytes
 * @param node what is in it
 */
public record SentDocument(String name, String format, String sha256, Node node) {

  /** Largest document. */
  public static final int MAX_BYTES = 4 << 20;

  /**
   * Reads a document.
   *
   * @param csvOf which kind the rows are; null: it is YAML
   * @throws WrongDocumentException if it is none
   * @throws RefusedException if it is too large
   */
  public static SentDocument read(String name, @Nullable MasterKind csvOf, InputStream in)
      throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new RefusedException(
          HttpStatus.CONTENT_TOO_LARGE,
          "too-large",
          "The document has more than %d bytes; divide it".formatted(MAX_BYTES));
    }
    Node node = csvOf == null ? yaml(bytes) : csv(bytes, csvOf);
    return new SentDocument(name, csvOf == null ? "yaml" : csvOf.section(), sha256(bytes), node);
  }

  private static Node yaml(byte[] bytes) {
    Faults faults = new Faults();
    Optional<Node> node = Optional.empty();
    try {
      node =
          YamlNodes.read(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(),
              faults);
    } catch (CharacterCodingException encoding) {
      faults.add(1, "", "is not UTF-8", "save it as UTF-8");
    }
    if (node.isEmpty()) {
      throw new WrongDocumentException(faults.list());
    }
    return node.get();
  }

  private static Node csv(byte[] bytes, MasterKind kind) throws IOException {
    if (!CsvSections.canBe(kind)) {
      throw new IllegalArgumentException(kind.section() + " cannot be rows of CSV; send YAML");
    }
    Faults faults = new Faults();
    CsvReader csv =
        new CsvReader(new ByteArrayInputStream(bytes), CsvSections.LONGEST_ROW, MAX_BYTES);
    try {
      Node node = CsvSections.document(kind, csv, faults);
      if (faults.none()) {
        return node;
      }
    } catch (FileFaultException unreadable) {
      throw new WrongDocumentException(
          List.of(
              new Fault(
                  0, "", String.valueOf(unreadable.getMessage()), "see docs/master-data.md")));
    }
    throw new WrongDocumentException(faults.list());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
