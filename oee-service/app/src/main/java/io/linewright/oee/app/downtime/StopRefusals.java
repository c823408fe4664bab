package io.linewright.oee.app.downtime;

import io.linewright.kit.problem.RefusedException;
import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.downtime.WordRefusal;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.time.Span;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** Why something cannot be said of a stop, for people. */
final class StopRefusals {

  private static final int MAX_NAMED = 20;

  private StopRefusals() {}

  static RefusedException of(WordRefusal refusal, FoundStop found, ReasonTree tree) {
    String machine = found.standing().path().toString();
    return switch (refusal) {
      case WordRefusal.NoStopThere() ->
          new RefusedException(
              HttpStatus.NOT_FOUND,
              "no-such-stop",
              "%s has no stop there any more; GET /api/v1/stops?equipment=%s lists its stops"
                  .formatted(machine, machine));
      case WordRefusal.UnknownReason(String code) ->
          refused("unknown-reason", unknown(machine, code, tree));
      case WordRefusal.NotALeaf(String code) ->
          refused(
              "not-a-leaf",
              "The reason %s of tree %s is a group; give one of those in it: %s"
                  .formatted(code, tree.name(), below(code, tree)));
      case WordRefusal.OutsideStop(Span stop) ->
          refused(
              "outside-stop",
              ("The stop of %s is from %s to %s; what is said of it must lie in it, and divides it"
                      + " neither at its begin nor at its end")
                  .formatted(
                      machine, Rfc3339.format(stop.fromMicros()), Rfc3339.format(stop.toMicros())));
      case WordRefusal.NotNeighbours() ->
          refused(
              "not-neighbours",
              ("Only two stops of %s that follow each other, with nothing but production between"
                      + " them, can be made one")
                  .formatted(machine));
      case WordRefusal.UnknownWord(long version) ->
          new RefusedException(
              HttpStatus.NOT_FOUND,
              "no-such-word",
              ("There is no word %d about this stop that could be taken back;"
                      + " GET /api/v1/stops/%s/history lists them")
                  .formatted(version, found.key()));
    };
  }

  private static RefusedException refused(String code, String detail) {
    return new RefusedException(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
  }

  private static String unknown(String machine, String code, ReasonTree tree) {
    return tree.reasons().isEmpty()
        ? ("%s has no reasons yet: bring a reason tree, and name it in the machine's rules,"
                + " see docs/master-data.md")
            .formatted(machine)
        : "The reasons of %s do not have '%s'; GET /api/v1/reason-trees/%s lists them"
            .formatted(machine, code, tree.name());
  }

  private static String below(String code, ReasonTree tree) {
    return tree.reasons().stream()
        .map(Reason::code)
        .filter(tree::isLeaf)
        .filter(leaf -> tree.path(leaf).stream().anyMatch(reason -> reason.code().equals(code)))
        .limit(MAX_NAMED)
        .collect(Collectors.joining(", "));
  }
}
