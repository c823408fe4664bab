package io.linewright.edge.app.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes hostile input out of nothing, or out of good input. */
public final class Damage {

  private static final int MOST_RANDOM = 96;
  private static final byte[] HUGE_LENGTH = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};

  private Damage() {}

  /** One hostile input: random octets, or a good one that was cut, changed, doubled or inflated. */
  public static byte[] of(List<byte[]> good, RandomGenerator random) {
    byte[] bytes = good.get(random.nextInt(good.size())).clone();
    return switch (random.nextInt(6)) {
      case 0 -> octets(random);
      case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      case 2 -> changed(bytes, random);
      case 3 -> spliced(bytes, good.get(random.nextInt(good.size())), random);
      case 4 -> inserted(bytes, HUGE_LENGTH, random);
      default -> changed(Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)), random);
    };
  }

  private static byte[] octets(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(MOST_RANDOM)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] changed(byte[] bytes, RandomGenerator random) {
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : bytes[at] ^ 1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] spliced(byte[] head, byte[] tail, RandomGenerator random) {
    int from = random.nextInt(tail.length + 1);
    int until = random.nextInt(head.length + 1);
    byte[] both = Arrays.copyOf(head, until + tail.length - from);
    System.arraycopy(tail, from, both, until, tail.length - from);
    return both;
  }

  private static byte[] inserted(byte[] bytes, byte[] what, RandomGenerator random) {
    int at = random.nextInt(bytes.length + 1);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + what.length);
    System.arraycopy(bytes, at, longer, at + what.length, bytes.length - at);
    System.arraycopy(what, 0, longer, at, what.length);
    return longer;
  }
}
