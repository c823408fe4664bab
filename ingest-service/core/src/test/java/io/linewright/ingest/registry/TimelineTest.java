package io.linewright.ingest.registry;

import static io.linewright.ingest.registry.Stretch.EVER;
import static io.linewright.ingest.registry.Stretch.ON;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.registry.Timeline.Owned;
import io.linewright.ingest.registry.Timeline.Seen;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final String P = "acme/graz/hall-1/line-1/press";
  private static final String Q = "acme/graz/hall-2/line-7/press";
  private static final UUID PRESS = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  @Test
  void whatNeverMovedIsAtItsAddressSinceEver() {
    assertThat(Timeline.EMPTY.asIs(P)).containsExactly(Stretch.all(P));
    assertThat(Timeline.EMPTY.asWas(P)).containsExactly(Stretch.all(P));
    assertThat(Timeline.EMPTY.pathNow(P)).isEqualTo(P);
    assertThat(Timeline.EMPTY.presentPath(P)).isEqualTo(P);
    assertThat(Timeline.EMPTY.owners(P)).containsExactly(new Owned(Stretch.all(P), P));
    assertThat(Timeline.EMPTY.pathAt(P, 5)).isEqualTo(P);
    assertThat(Timeline.EMPTY.seenNow(P)).containsExactly(new Seen(P, Stretch.all(P)));
    assertThat(Timeline.EMPTY.seenAt(P, 5)).isEqualTo(P);
    assertThat(Timeline.EMPTY.addressNow(P)).isEqualTo(P);
  }

  @Test
  void aMachineThatMovedByHandKeepsItsPastAndItsAddress() {
    Timeline timeline =
        Timeline.of(List.of(new Place(PRESS, P, P, 10), new Place(PRESS, Q, P, 50)));

    assertThat(timeline.asIs(Q)).containsExactly(new Stretch(P, EVER, 50), new Stretch(P, 50, ON));
    assertThat(timeline.asIs(P)).as("the old path is an alias").isEqualTo(timeline.asIs(Q));
    assertThat(timeline.asWas(P)).containsExactly(new Stretch(P, EVER, 50));
    assertThat(timeline.asWas(Q)).containsExactly(new Stretch(Q, EVER, 50), new Stretch(P, 50, ON));
    assertThat(timeline.pathNow(P)).isEqualTo(Q);
    assertThat(timeline.pathAt(P, 49)).isEqualTo(P);
    assertThat(timeline.pathAt(P, 50)).isEqualTo(Q);
    assertThat(timeline.addressNow(Q)).isEqualTo(P);
  }

  @Test
  void aMachineThatItsGatewayMovedIsFollowedFromAddressToAddress() {
    Timeline timeline =
        Timeline.of(List.of(new Place(PRESS, Q, Q, 50), new Place(PRESS, P, P, 10)));

    assertThat(timeline.asIs(Q)).containsExactly(new Stretch(P, EVER, 50), new Stretch(Q, 50, ON));
    assertThat(timeline.asWas(P)).containsExactly(new Stretch(P, EVER, 50), new Stretch(P, 50, ON));
    assertThat(timeline.asWas(Q)).containsExactly(new Stretch(Q, EVER, 50), new Stretch(Q, 50, ON));
    assertThat(timeline.pathNow(P)).isEqualTo(Q);
  }

  @Test
  void anotherMachineAtTheOldPlaceHasItsOwnPast() {
    Timeline timeline =
        Timeline.of(
            List.of(
                new Place(PRESS, P, P, 10),
                new Place(PRESS, Q, Q, 50),
                new Place(OTHER, P, P, 70)));

    assertThat(timeline.asIs(P)).containsExactly(new Stretch(P, 70, ON));
    assertThat(timeline.presentPath(P)).isEqualTo(P);
    assertThat(timeline.presentPath(Q)).isEqualTo(Q);
    assertThat(timeline.owners(P))
        .containsExactly(
            new Owned(new Stretch(P, EVER, 50), Q),
            new Owned(new Stretch(P, 50, 70), P),
            new Owned(new Stretch(P, 70, ON), P));
    assertThat(timeline.seenNow(P))
        .containsExactly(
            new Seen(Q, new Stretch(P, EVER, 50)), new Seen(P, new Stretch(P, 70, ON)));
    assertThat(timeline.seenNow(Q)).containsExactly(new Seen(Q, new Stretch(Q, 50, ON)));
    assertThat(timeline.asIs(Q)).containsExactly(new Stretch(P, EVER, 50), new Stretch(Q, 50, ON));
    assertThat(timeline.asWas(P))
        .containsExactly(new Stretch(P, EVER, 50), new Stretch(P, 50, 70), new Stretch(P, 70, ON));
  }

  @Test
  void aMachineWhoseAddressAnotherHasIsSeenWithWhatCameByIt() {
    Timeline timeline =
        Timeline.of(
            List.of(
                new Place(PRESS, P, P, 10),
                new Place(PRESS, Q, P, 50),
                new Place(PRESS, Q, Q, 70),
                new Place(OTHER, P, P, 70)));

    assertThat(timeline.seenNow(P))
        .containsExactly(new Seen(Q, new Stretch(P, 50, 70)), new Seen(P, new Stretch(P, 70, ON)));
    assertThat(timeline.seenNow(Q)).containsExactly(new Seen(Q, new Stretch(Q, 70, ON)));
    assertThat(timeline.seenAt(P, 49)).isEqualTo(P);
    assertThat(timeline.seenAt(P, 69)).isEqualTo(Q);
    assertThat(timeline.seenAt(Q, 69)).as("Q has another address then").isNull();
    assertThat(timeline.seenAt(P, 70)).isEqualTo(P);
    assertThat(timeline.seenAt(Q, 70)).isEqualTo(Q);
  }

  @Test
  void equipmentThatIsPushedAsideKeepsWhatItHad() {
    Timeline timeline =
        Timeline.of(List.of(new Place(PRESS, P, P, 10), new Place(OTHER, P, P, 40)));

    assertThat(timeline.asIs(P)).containsExactly(new Stretch(P, 40, ON));
    assertThat(timeline.owners(P))
        .containsExactly(
            new Owned(new Stretch(P, EVER, 40), null), new Owned(new Stretch(P, 40, ON), P));
    assertThat(timeline.asWas(P)).containsExactly(new Stretch(P, EVER, 40), new Stretch(P, 40, ON));
  }

  /**
   * The model plays the history forward: whoever comes pushes aside whoever is at that path or has
   * that address, and leaves where it was. Who has an address at an instant is who has it then.
   */
  @Test
  void everyInstantIsSeenAsAReplayOfTheHistorySeesIt() {
    Seeded.check(
        300,
        random -> {
          List<Place> places = history(random);
          Timeline timeline = Timeline.of(places);
          for (long instant = -1; instant <= 31; instant++) {
            Map<String, Place> model = replay(places, instant);
            for (int a = 0; a < 4; a++) {
              String address = "address-" + a;
              Place owner = model.get(address);
              assertThat(timeline.pathAt(address, instant))
                  .isEqualTo(owner == null ? address : owner.path());
              seenOnce(timeline, model, address, instant);
              if (owner != null) {
                ownedOnce(timeline, address, instant);
              }
            }
          }
          everyPastIsWhole(timeline, places);
          seenWherePathsHaveIt(timeline);
        });
  }

  /** As was, a value is seen at one path, unless the place has another address at that time. */
  private static void seenOnce(
      Timeline timeline, Map<String, Place> model, String address, long instant) {
    Place owner = model.get(address);
    Set<String> seenAt = new TreeSet<>();
    for (int p = 0; p < 4; p++) {
      for (String path : List.of("path-" + p, "address-" + p)) {
        List<Stretch> there = timeline.asWas(path).stream().filter(s -> s.covers(instant)).toList();
        assertThat(there).hasSizeLessThan(2);
        there.stream().filter(s -> s.address().equals(address)).forEach(s -> seenAt.add(path));
      }
    }
    boolean hidden =
        owner == null && model.values().stream().anyMatch(place -> place.path().equals(address));
    assertThat(seenAt)
        .isEqualTo(hidden ? Set.of() : Set.of(owner == null ? address : owner.path()));
    assertThat(timeline.seenAt(address, instant))
        .isEqualTo(seenAt.isEmpty() ? null : seenAt.iterator().next());
  }

  /** As is, an address is seen at exactly those present paths that have something of it. */
  private static void seenWherePathsHaveIt(Timeline timeline) {
    for (int a = 0; a < 4; a++) {
      String address = "address-" + a;
      Map<String, Stretch> expected = new HashMap<>();
      for (int p = 0; p < 4; p++) {
        for (String path : List.of("path-" + p, "address-" + p)) {
          timeline.asIs(path).stream()
              .filter(stretch -> stretch.address().equals(address))
              .filter(stretch -> timeline.presentPath(path).equals(path))
              .forEach(stretch -> expected.put(path, stretch));
        }
      }
      Map<String, Stretch> seen = new HashMap<>();
      timeline.seenNow(address).forEach(one -> seen.put(one.path(), one.last()));
      assertThat(seen).isEqualTo(expected);
    }
  }

  /** What is somebody's is seen as is at the path that is told, unless its owner is nowhere. */
  private static void ownedOnce(Timeline timeline, String address, long instant) {
    List<Owned> now =
        timeline.owners(address).stream().filter(one -> one.stretch().covers(instant)).toList();
    assertThat(now).hasSize(1);
    String path = now.getFirst().path();
    boolean seen =
        timeline.asIs(path == null ? timeline.pathNow(address, instant) : path).stream()
            .anyMatch(stretch -> stretch.address().equals(address) && stretch.covers(instant));
    assertThat(seen).isEqualTo(path != null);
  }

  /** As is, the equipment's stretches are exactly the instants at which the replay gives it. */
  private static void everyPastIsWhole(Timeline timeline, List<Place> places) {
    Map<String, Place> lastAt = new HashMap<>();
    places.stream()
        .sorted((one, other) -> Long.compare(one.fromMicros(), other.fromMicros()))
        .forEach(place -> lastAt.put(place.path(), place));
    lastAt.forEach(
        (path, place) -> {
          for (long instant = -1; instant <= 31; instant++) {
            long at = instant;
            Set<String> has = new HashSet<>();
            replay(places, at)
                .forEach(
                    (address, owner) -> {
                      if (owner.equipment().equals(place.equipment())) {
                        has.add(address);
                      }
                    });
            Set<String> told = new HashSet<>();
            timeline.asIs(path).stream()
                .filter(stretch -> stretch.covers(at))
                .forEach(stretch -> told.add(stretch.address()));
            assertThat(told).isEqualTo(has);
          }
        });
  }

  /** Who has which address after all that happened up to an instant. */
  private static Map<String, Place> replay(List<Place> places, long instant) {
    Map<String, Place> now = new HashMap<>();
    List<Place> inOrder =
        places.stream()
            .sorted((one, other) -> Long.compare(one.fromMicros(), other.fromMicros()))
            .toList();
    List<Place> before = new ArrayList<>();
    for (Place place : inOrder) {
      boolean sinceEver = before.stream().noneMatch(other -> exclude(place, other));
      before.add(place);
      if (place.fromMicros() <= instant) {
        now.values().removeIf(other -> exclude(place, other));
        now.put(place.address(), place);
      } else if (sinceEver) {
        now.put(place.address(), place);
      }
    }
    return now;
  }

  private static boolean exclude(Place one, Place other) {
    return one.equipment().equals(other.equipment())
        || one.path().equals(other.path())
        || one.address().equals(other.address());
  }

  private static List<Place> history(RandomGenerator random) {
    List<Place> places = new ArrayList<>();
    Set<Long> times = new HashSet<>();
    int count = random.nextInt(8);
    while (places.size() < count) {
      long time = random.nextInt(30);
      if (times.add(time)) {
        int path = random.nextInt(4);
        boolean own = random.nextBoolean();
        places.add(
            new Place(
                new UUID(0, random.nextInt(4)),
                own ? "address-" + path : "path-" + path,
                "address-" + (own ? path : random.nextInt(4)),
                time));
      }
    }
    return places;
  }
}
