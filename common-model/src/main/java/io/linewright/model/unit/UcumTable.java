package io.linewright.model.unit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/** The UCUM tables of the org.fhir:ucum library, read once. */
final class UcumTable {

  private static final UcumService SERVICE = load();

  private UcumTable() {}

  /**
   * @throws IllegalArgumentException if the code is not valid UCUM
   */
  static void check(String code) {
    String problem = SERVICE.validate(code);
    if (problem != null) {
      throw new IllegalArgumentException("'" + code + "' is not a UCUM unit: " + problem);
    }
  }

  /**
   * How many {@code to} one {@code from} is, for units that differ by a factor only.
   *
   * @throws IllegalArgumentException if they measure different quantities
   */
  static double factor(String from, String to) {
    try {
      return Double.parseDouble(SERVICE.convert(new Decimal("1"), from, to).asDecimal());
    } catch (UcumException notComparable) {
      throw new IllegalArgumentException(
          "cannot convert '" + from + "' to '" + to + "': " + notComparable.getMessage(),
          notComparable);
    }
  }

  private static UcumService load() {
    try (InputStream essence = UcumService.class.getResourceAsStream("/ucum-essence.xml")) {
      if (essence == null) {
        throw new IllegalStateException("ucum-essence.xml is missing from the class path");
      }
      return new UcumEssenceService(essence);
    } catch (UcumException damaged) {
      throw new IllegalStateException("the UCUM tables cannot be read", damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
