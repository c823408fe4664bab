package io.linewright.edge.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionCodesTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0x803D0000, false, true, false",
    "2, 0x80890000, false, true, false",
    "3, 0x80890000, false, true, false",
    "4, 0x808B0000, false, false, false",
    "5, 0x80040000, true, false, false",
    "6, 0x80040000, true, false, false",
    "8, 0x808B0000, false, false, false",
    "10, 0x80310000, false, false, true",
    "11, 0x80310000, false, false, true",
    "77, 0x808B0000, false, false, false"
  })
  void everyCodeHasItsStatusAndKind(
      int code, String status, boolean patience, boolean request, boolean gateway) {
    assertThat(ExceptionCodes.status(code)).hasToString(status);
    assertThat(ExceptionCodes.name(code)).isNotEmpty();
    assertThat(ExceptionCodes.asksForPatience(code)).isEqualTo(patience);
    assertThat(ExceptionCodes.isAboutTheRequest(code)).isEqualTo(request);
    assertThat(ExceptionCodes.isFromGateway(code)).isEqualTo(gateway);
  }
}
