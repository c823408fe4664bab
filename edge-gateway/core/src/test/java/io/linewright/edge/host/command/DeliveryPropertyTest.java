package io.linewright.edge.host.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.command.Command;
import io.linewright.edge.fold.Step;
import io.linewright.model.equipment.SparkplugAddress;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.sample.SampleValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What holds whatever is read in whatever order, and whoever comes and goes. */
class DeliveryPropertyTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final TagKey TAG = TagKey.parse("acme/graz/body/line-1/press-01#speed");
  private static final List<Route> ROUTES =
      List.of(
          new Route.Online(
              new SparkplugAddress("acme:graz", "gw-1", Optional.of("body:line-1:press-01"))),
          new Route.Absent(),
          new Route.Impossible("no gateway has declared this tag"),
          new Route.NotOurs());

  @Test
  void neverLateNeverAfterAnAnswerAndOneEndEach() {
    for (int seed = 0; seed < 500; seed++) {
      oneStory(seed);
    }
  }

  private static void oneStory(int seed) {
    String story = "seed " + seed;
    Random random = new Random(seed);
    DeliveryState state = DeliveryState.EMPTY;
    Instant now = NOON;
    Map<UUID, Instant> expiry = new HashMap<>();
    Set<UUID> inherited = new HashSet<>();
    Set<UUID> answered = new HashSet<>();
    Set<UUID> published = new HashSet<>();
    Map<UUID, String> ends = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      now = now.plusMillis(random.nextInt(5_000));
      List<DeliveryInput> inputs = new ArrayList<>();
      for (int n = random.nextInt(3); n > 0; n--) {
        UUID id = new UUID(0, random.nextInt(20));
        if (random.nextInt(3) == 0) {
          answered.add(id);
          inputs.add(new DeliveryInput.Answered(id));
        } else {
          Instant expires = expiry.computeIfAbsent(id, k -> NOON.plusSeconds(random.nextInt(400)));
          boolean before = random.nextInt(4) == 0;
          if (before) {
            inherited.add(id);
          }
          inputs.add(
              new DeliveryInput.Requested(
                  new Command(id, TAG, SampleValue.of(1.0), "anna", NOON, expires, ""), before));
        }
      }
      Route route = ROUTES.get(random.nextInt(ROUTES.size()));
      Step<DeliveryState, DeliveryFact> step = DeliveryFold.step(state, inputs, now, tag -> route);
      state = step.state();
      for (DeliveryFact fact : step.facts()) {
        switch (fact) {
          case DeliveryFact.Publish publish -> {
            assertThat(now).as(story).isBefore(publish.command().expiresAt());
            assertThat(answered).as(story).doesNotContain(publish.command().id());
            assertThat(ends).as(story).doesNotContainKey(publish.command().id());
            published.add(publish.command().id());
          }
          case DeliveryFact.Tell tell -> {
            UUID id = UUID.fromString(tell.progress().id());
            assertThat(answered).as(story).doesNotContain(id);
            assertThat(ends.merge(id, tell.progress().step(), (was, is) -> was))
                .as(story)
                .isEqualTo(tell.progress().step());
            if (!tell.progress().step().equals("unknown")) {
              assertThat(published).as(story).doesNotContain(id);
            } else {
              assertThat(published.contains(id) || inherited.contains(id)).as(story).isTrue();
            }
          }
        }
      }
    }
  }
}
