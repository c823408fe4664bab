package io.linewright.oee.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.testkit.property.Seeded;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class XmlReaderTest {

  @Test
  void anElementIsItsNameAttributesTextAndChildren() {
    DocNode order =
        whole(
            """
            <?xml version="1.0"?>
            <!-- from the ERP -->
            <b:Order xmlns:b="http://www.mesa.org/xml/B2MML" state='new' releaseID="7.01">
              <b:ID>  PO-1 </b:ID>
              <b:Text>a &lt; b &#38; <![CDATA[<c>]]></b:Text>
            </b:Order>
            """);

    assertThat(order)
        .isEqualTo(
            DocNode.of(
                    "Order",
                    List.of(DocNode.text("ID", "PO-1"), DocNode.text("Text", "a < b & <c>")))
                .with("releaseID", "7.01")
                .with("state", "new"));
  }

  @Test
  void anElementOfAnotherNamespaceIsAnother() {
    DocNode order =
        whole(
            "<Order xmlns='http://www.mesa.org/xml/B2MML-V0600' xmlns:x='urn:x'"
                + " x:color='red'><x:ID>9</x:ID><ID>1</ID></Order>");

    assertThat(order.all("ID")).containsExactly(DocNode.text("ID", "1"));
    assertThat(order.all("{urn:x}ID")).containsExactly(DocNode.text("{urn:x}ID", "9"));
    assertThat(order.attributes()).containsOnlyKeys("{urn:x}color");
  }

  @Test
  void whatIsNilIsEmptyAndWhereTheSchemaLiesSaysNothing() {
    DocNode order =
        whole(
            "<Order xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                + " xsi:schemaLocation='a b'><Quantity xsi:nil='true'/></Order>");

    assertThat(order).isEqualTo(DocNode.of("Order", List.of(DocNode.text("Quantity", ""))));
  }

  @Test
  void encodingsThatAreDeclaredAreRead() {
    for (Charset charset : List.of(UTF_8, ISO_8859_1, UTF_16, Charset.forName("windows-1252"))) {
      String xml = "<?xml version='1.0' encoding='" + charset.name() + "'?><Name>Grün</Name>";

      assertThat(XmlReader.read(xml.getBytes(charset)))
          .as(charset.name())
          .isEqualTo(new DocReading.Whole(DocNode.text("Name", "Grün")));
    }
  }

  @Test
  void aByteOrderMarkSaysTheEncoding() {
    for (Charset charset : List.of(UTF_8, UTF_16BE, UTF_16LE)) {
      assertThat(XmlReader.read("\ufeff<Name>Grün</Name>".getBytes(charset)))
          .as(charset.name())
          .isEqualTo(new DocReading.Whole(DocNode.text("Name", "Grün")));
      assertThat(XmlReader.read("<Name>Grün</Name>".getBytes(charset)))
          .as("%s by its first character", charset.name())
          .isEqualTo(new DocReading.Whole(DocNode.text("Name", "Grün")));
    }
  }

  @Test
  void anotherEncodingThanDeclaredIsRefused() {
    assertThat(fault("<a><Name>Grün</Name></a>".getBytes(ISO_8859_1)).reason())
        .isEqualTo(
            "byte 12 is none of UTF-8: send the document in the encoding that it declares, UTF-8 if"
                + " none");
    assertThat(fault("<?xml version='1.0' encoding='US-ASCII'?><a>ü</a>".getBytes(UTF_8)).reason())
        .startsWith("byte 45 is none of US-ASCII");
    assertThat(fault("<?xml version='1.0' encoding='UTF-16'?><a/>".getBytes(UTF_8))).isNotNull();
    byte[] half = {'<', 0, 'a', 0, '>', 0, 0x3D, (byte) 0xD8, '<', 0, '/', 0, 'a', 0, '>', 0};
    assertThat(fault(half).reason()).startsWith("byte 7 is none of UTF-16LE");
    for (String other : List.of("IBM037", "UTF-7", "ISO-8859-15", "x", "")) {
      String xml = "<?xml version='1.0' encoding='" + other + "'?><a/>";
      assertThat(fault(xml.getBytes(UTF_8)).reason())
          .isEqualTo("it is in '" + other + "', which is not read: send it in UTF-8");
    }
  }

  @Test
  void rubbishIsRefusedWithItsPlace() {
    assertThat(fault("".getBytes(UTF_8)).reason()).isEqualTo("the document is empty");
    assertThat(fault("no document").reason()).startsWith("line 1, column 1: ");
    assertThat(fault("{\"Order\": {}}").reason()).contains("no well-formed XML");
    assertThat(fault("<a><b>\n<c></b></a>").path()).isEqualTo("/a/b/c");
    assertThat(fault("<a><b>\n<c></b></a>").reason()).startsWith("line 2, column ");
    assertThat(fault("<a/><a/>").reason()).contains("no well-formed XML");
    assertThat(fault("<a b='1' b='2'/>").reason()).contains("no well-formed XML");
    assertThat(fault("<a>&#0;</a>").reason()).contains("no well-formed XML");
    assertThat(fault("<a>&#xFFFE;</a>").reason()).contains("no well-formed XML");
    assertThat(fault("<x:a/>").reason()).contains("no well-formed XML");
    assertThat(fault(new byte[64])).isNotNull();
  }

  @Test
  void aDocumentThatWasCutOffIsRefusedWhereverItWasCut() {
    byte[] whole = "<a><b c='d'>text &amp; more</b><!-- x --><![CDATA[y]]></a>".getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertThat(XmlReader.read(Arrays.copyOf(whole, length)))
          .as("first %d bytes", length)
          .isInstanceOf(DocReading.Broken.class);
    }
    assertThat(XmlReader.read(whole)).isInstanceOf(DocReading.Whole.class);
  }

  @Test
  void documentTypesAndEntitiesAreNotTaken() {
    assertThat(
            fault("<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>")
                .reason())
        .contains("leave out <!DOCTYPE");
    assertThat(fault("<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>").reason())
        .contains("leave out <!DOCTYPE");
    assertThat(fault("<!DOCTYPE a [<!ENTITY f SYSTEM 'file:///etc/hostname'>]><a>&f;</a>").reason())
        .contains("leave out <!DOCTYPE");
    assertThat(fault("<a>&nbsp;</a>")).isNotNull();
    assertThat(fault("<a b='&nbsp;'/>")).isNotNull();
  }

  @Test
  void bombsAreRefused() {
    int deep = Budget.MAX_DEPTH;
    assertThat(whole("<a>".repeat(deep) + "</a>".repeat(deep))).isNotNull();
    assertThat(fault("<a>".repeat(deep + 1)).reason()).contains("lie in each other");
    assertThat(fault("<a>".repeat(1_000_000)).reason()).contains("lie in each other");
    assertThat(fault("<a>" + "<b/>".repeat(Budget.MAX_NODES) + "</a>").reason())
        .contains("more than " + Budget.MAX_NODES + " elements and attributes");
    assertThat(fault("<a" + "x".repeat(Budget.MAX_NAME) + "/>").reason())
        .contains("a name has 1 to 256 characters");
    assertThat(fault(new byte[Budget.MAX_SIZE + 1]).reason()).contains("send several");
    assertThat(whole("<a>" + "x".repeat(1_000_000) + "</a>").text()).hasSize(1_000_000);
  }

  /** Whatever comes, there is an answer. */
  @Test
  void noBytesMakeItFail() {
    byte[] seed =
        ("<?xml version='1.0' encoding='UTF-8'?><a xmlns='http://www.mesa.org/xml/B2MML' b='c'>"
                + "<!-- x --><d>&#228;&lt;</d><![CDATA[y]]><?p q?></a>")
            .getBytes(UTF_8);
    Seeded.check(
        2_000,
        random -> {
          byte[] bytes = seed.clone();
          for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
          }
          assertThat(XmlReader.read(bytes)).isNotNull();
        });
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    DocNode written =
        new DocNode(
            "Order",
            new TreeMap<>(Map.of("OtherValue", "a \"b\" & 'c' <d>")),
            "",
            List.of(
                DocNode.text("ID", "PO-1"),
                DocNode.text("Text", "a < b && c > d ]]> \"e\"\nnext line \ud83d\udd27 ü")));

    assertThat(XmlReader.read(XmlWriter.write(written))).isEqualTo(new DocReading.Whole(written));
  }

  static DocNode whole(String xml) {
    DocReading reading = XmlReader.read(xml.getBytes(UTF_8));
    assertThat(reading).isInstanceOf(DocReading.Whole.class);
    return ((DocReading.Whole) reading).root();
  }

  private static DocFault fault(String xml) {
    return fault(xml.getBytes(UTF_8));
  }

  private static DocFault fault(byte[] xml) {
    DocReading reading = XmlReader.read(xml);
    assertThat(reading).isInstanceOf(DocReading.Broken.class);
    return ((DocReading.Broken) reading).fault();
  }
}
