package io.linewright.ingest.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where equipment was over time, and therefore whose values those under an address are. Equipment
 * that never moved need not be in it: its path is its address, since ever.
 *
 * <p><i>As is</i>: a path means the equipment that is there, or was there last, with all its past
 * at other places. <i>As was</i>: a path means the place, with whatever stood there at each time.
 * Every value under an address belongs to at most one piece of equipment and is seen at one path.
 */
public final class Timeline {

  /** A place with the time in which it holds. */
  private record Claim(Place place, Stretch stretch) {}

  /**
   * Whose what arrived under an address is.
   *
   * @param path present path of the equipment, null if it is nowhere now; the address itself if it
   *     is nobody's
   */
  public record Owned(Stretch stretch, @Nullable String path) {}

  /**
   * A present path at which something of what arrived under an address is seen as is.
   *
   * @param last the last time in which it came to that path's equipment by the address
   */
  public record Seen(String path, Stretch last) {}

  /** Nothing has moved. */
  public static final Timeline EMPTY = new Timeline(List.of());

  private final Map<UUID, List<Claim>> byEquipment = new HashMap<>();
  private final Map<String, List<Claim>> byPath = new HashMap<>();
  private final Map<String, List<Claim>> byAddress = new HashMap<>();

  private Timeline(List<Place> places) {
    long[] ends = ends(places);
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      // What came first to its place counts since ever: values may be older than the first word.
      boolean first = names(place).stream().noneMatch(seen::contains);
      seen.addAll(names(place));
      Claim claim =
          new Claim(
              place,
              new Stretch(place.address(), first ? Stretch.EVER : place.fromMicros(), ends[i]));
      byEquipment.computeIfAbsent(place.equipment(), id -> new ArrayList<>()).add(claim);
      byPath.computeIfAbsent(place.path(), path -> new ArrayList<>()).add(claim);
      byAddress.computeIfAbsent(place.address(), address -> new ArrayList<>()).add(claim);
    }
  }

  /** The timeline of these places, in any order. */
  public static Timeline of(Collection<Place> places) {
    return new Timeline(
        places.stream()
            .sorted(
                Comparator.comparingLong(Place::fromMicros)
                    .thenComparing(Place::equipment)
                    .thenComparing(Place::path))
            .toList());
  }

  /** A place ends when the next one of the same equipment, path or address begins. */
  private static long[] ends(List<Place> places) {
    long[] ends = new long[places.size()];
    Map<Object, Long> next = new HashMap<>();
    for (int i = places.size() - 1; i >= 0; i--) {
      Place place = places.get(i);
      ends[i] = Stretch.ON;
      for (Object name : names(place)) {
        ends[i] = Math.min(ends[i], next.getOrDefault(name, Stretch.ON));
        next.put(name, place.fromMicros());
      }
    }
    return ends;
  }

  /** What no two places can have at the same time. */
  private static List<Object> names(Place place) {
    return List.of(place.equipment(), "path " + place.path(), "address " + place.address());
  }

  /** What belongs to the equipment that is, or was last, at a path: ascending, none overlap. */
  public List<Stretch> asIs(String path) {
    List<Claim> there = byPath.get(path);
    if (there == null) {
      return unclaimed(path);
    }
    return claims(byEquipment, there.getLast().place().equipment()).stream()
        .map(Claim::stretch)
        .filter(Timeline::notEmpty)
        .toList();
  }

  /** What belongs to a place, whatever stood there: ascending, none overlap. */
  public List<Stretch> asWas(String path) {
    List<Stretch> there =
        claims(byPath, path).stream().map(Claim::stretch).filter(Timeline::notEmpty).toList();
    List<Stretch> all = new ArrayList<>(there);
    for (Stretch free : unclaimed(path)) {
      all.addAll(without(free, there));
    }
    all.sort(Comparator.comparingLong(Stretch::fromMicros));
    return all;
  }

  /** The path at which values under an address were seen at an instant. */
  public String pathAt(String address, long micros) {
    for (Claim claim : claims(byAddress, address)) {
      if (claim.stretch().covers(micros)) {
        return claim.place().path();
      }
    }
    return address;
  }

  /**
   * The present path of the equipment to which values under an address belong, or belonged last;
   * the address itself if it is nobody's.
   */
  public String pathNow(String address) {
    List<Claim> claims = byAddress.get(address);
    if (claims == null) {
      return address;
    }
    return present(claims.getLast());
  }

  /** The present path of the equipment whose a value under an address is. */
  public String pathNow(String address, long micros) {
    for (Claim claim : claims(byAddress, address)) {
      if (claim.stretch().covers(micros)) {
        return present(claim);
      }
    }
    return address;
  }

  /** Whose values under an address are at every time: ascending, without gaps. */
  public List<Owned> owners(String address) {
    List<Owned> owned = new ArrayList<>();
    for (Claim claim : claims(byAddress, address)) {
      if (notEmpty(claim.stretch())) {
        String path = present(claim);
        List<Claim> there = claims(byPath, path);
        boolean nowhere = !there.getLast().place().equipment().equals(claim.place().equipment());
        owned.add(new Owned(claim.stretch(), nowhere ? null : path));
      }
    }
    unclaimed(address).forEach(free -> owned.add(new Owned(free, address)));
    owned.sort(Comparator.comparingLong(one -> one.stretch().fromMicros()));
    return owned;
  }

  /** Where the equipment is now that is, or was last, at a path. */
  public String presentPath(String path) {
    List<Claim> there = byPath.get(path);
    return there == null ? path : present(there.getLast());
  }

  /**
   * Where what arrived under an address is seen as is: at the present path of everyone whose
   * address it is or was, and that is not nowhere.
   */
  public List<Seen> seenNow(String address) {
    if (!byAddress.containsKey(address) && !byPath.containsKey(address)) {
      return List.of(new Seen(address, Stretch.all(address)));
    }
    Map<String, Seen> seen = new LinkedHashMap<>();
    for (Owned owned : owners(address)) {
      String path = owned.path();
      if (path != null && presentPath(path).equals(path)) {
        for (Stretch stretch : asIs(path)) {
          if (stretch.address().equals(address)) {
            seen.put(path, new Seen(path, stretch));
          }
        }
      }
    }
    return List.copyOf(seen.values());
  }

  /**
   * Where what arrived under an address at an instant is seen as was; null: nowhere, because the
   * path of that name had another address then.
   */
  public @Nullable String seenAt(String address, long micros) {
    String path = pathAt(address, micros);
    for (Stretch stretch : asWas(path)) {
      if (stretch.address().equals(address) && stretch.covers(micros)) {
        return path;
      }
    }
    return null;
  }

  private String present(Claim claim) {
    return claims(byEquipment, claim.place().equipment()).getLast().place().path();
  }

  /** The address under which values of a path arrive now. */
  public String addressNow(String path) {
    List<Stretch> stretches = asIs(path);
    return stretches.isEmpty() ? path : stretches.getLast().address();
  }

  /** The times in which values under an address are nobody's. */
  private List<Stretch> unclaimed(String address) {
    List<Stretch> claimed =
        claims(byAddress, address).stream().map(Claim::stretch).filter(Timeline::notEmpty).toList();
    return without(Stretch.all(address), claimed);
  }

  /**
   * What is left of a stretch.
   *
   * @param others ascending, none overlap
   */
  private static List<Stretch> without(Stretch whole, List<Stretch> others) {
    List<Stretch> left = new ArrayList<>();
    long from = whole.fromMicros();
    for (Stretch other : others) {
      if (other.fromMicros() > from) {
        left.add(
            new Stretch(whole.address(), from, Math.min(other.fromMicros(), whole.toMicros())));
      }
      from = Math.max(from, other.toMicros());
      if (from >= whole.toMicros()) {
        return left.stream().filter(Timeline::notEmpty).toList();
      }
    }
    left.add(new Stretch(whole.address(), from, whole.toMicros()));
    return left.stream().filter(Timeline::notEmpty).toList();
  }

  private static boolean notEmpty(Stretch stretch) {
    return stretch.fromMicros() < stretch.toMicros();
  }

  private static <K> List<Claim> claims(Map<K, List<Claim>> map, K key) {
    @Nullable List<Claim> claims = map.get(key);
    return claims == null ? List.of() : claims;
  }
}
