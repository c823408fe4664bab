package io.linewright.oee.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DocNodeTest {

  @Test
  void theHashIsOfWhatIsSaidAndNotOfHow() {
    DocNode one = XmlReaderTest.whole("<a x='1' y='2'><b>1</b><c/><b> 2</b></a>");

    assertThat(XmlReaderTest.whole("<a y='2' x='1'>\n<b>1</b>\n<b>2\n</b><c></c></a>").hash())
        .isEqualTo(one.hash());
    for (String other :
        List.of(
            "<a x='1' y='2'><b>2</b><c/><b>1</b></a>",
            "<a x='1' y='2'><b>1</b><c/></a>",
            "<a x='1' y='2'><b>1</b><c/><b>2</b><b/></a>",
            "<a x='1'><b>1</b><c/><b>2</b></a>",
            "<a x='1' y='2'><b>1<c/></b><b>2</b></a>",
            "<a x='1' y='2'><b>1</b><c>3</c><b>2</b></a>",
            "<a x='1y' y='2'><b>1</b><c/><b>2</b></a>",
            "<d x='1' y='2'><b>1</b><c/><b>2</b></d>")) {
      assertThat(XmlReaderTest.whole(other).hash()).as(other).isNotEqualTo(one.hash());
    }
  }

  @Test
  void whereANameEndsAndATextBeginsMatters() {
    assertThat(DocNode.text("a0", "").hash()).isNotEqualTo(DocNode.text("a", "0").hash());
  }

  /** Two trees have one hash exactly if they say the same. */
  @Test
  void hashesAreAsCanonicalTrees() {
    Seeded.check(
        300,
        random -> {
          DocNode one = tree(random, 3);
          DocNode other = random.nextBoolean() ? shuffled(one, random) : tree(random, 3);

          assertThat(one.hash().equals(other.hash()))
              .isEqualTo(one.canonical().equals(other.canonical()));
        });
  }

  @Test
  void whatNoXmlCanHoldIsNoText() {
    assertThatThrownBy(() -> DocNode.text("a", "\u0000"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocNode.text("a", "\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocNode.text("a", "\uffff"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DocNode.text("", "b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> XmlWriter.write(DocNode.text("{urn:x}a", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DocNode.text("a", "\ud83d\udd27\u0085\ue000").text()).hasSize(4);
  }

  @Test
  void aQuoteIsShort() {
    assertThat(DocFault.quote("x".repeat(1_000))).hasSize(63);
    assertThat(DocFault.quote("\ud83d\udd27".repeat(100))).endsWith("\ud83d\udd27…'");
  }

  private static DocNode tree(RandomGenerator random, int depth) {
    DocNode node =
        DocNode.text("n" + random.nextInt(2), random.nextBoolean() ? "" : "t" + random.nextInt(2));
    if (random.nextBoolean()) {
      node = node.with("a" + random.nextInt(2), "v" + random.nextInt(2));
    }
    List<DocNode> children = new ArrayList<>();
    for (int i = depth == 0 ? 0 : random.nextInt(3); i > 0; i--) {
      children.add(tree(random, depth - 1));
    }
    return new DocNode(node.name(), node.attributes(), node.text(), children);
  }

  /** The same with children in another order, those of one name in theirs. */
  private static DocNode shuffled(DocNode node, RandomGenerator random) {
    List<DocNode> children = new ArrayList<>();
    for (DocNode child : node.children()) {
      children.add(shuffled(child, random));
    }
    if (children.size() > 1) {
      int i = random.nextInt(children.size() - 1);
      if (!children.get(i).name().equals(children.get(i + 1).name())) {
        Collections.swap(children, i, i + 1);
      }
    }
    return new DocNode(node.name(), node.attributes(), node.text(), children);
  }
}
