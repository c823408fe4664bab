package io.linewright.oee.masterdata.rules;

import io.linewright.oee.count.CountKind;
import io.linewright.oee.count.CounterRules;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.StateModel;
import io.linewright.oee.state.Vocabularies;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one piece of equipment says of the machines at or below it; empty where it says nothing.
 *
 * @param stateModel name of a model of states
 * @param reasonTree name of a tree of reasons
 * @param stateTag name of the tag with the state
 * @param product what is made if nobody says which
 * @param itemsPerHour how many it can make in an hour
 * @param inspected whether every item is inspected
 * @param holds how long a last state holds
 * @param counters how counters are read
 * @param ofKind the same of each kind: what is said of the kind over what is said of all
 * @param stops from which length on a stop is one
 * @param startUp which rejects are lost with a start
 * @param energy how meters are read
 */
public record RuleFields(
    Optional<String> stateModel,
    Optional<String> reasonTree,
    Optional<String> stateTag,
    Optional<String> product,
    Optional<Quantity> itemsPerHour,
    Optional<Boolean> inspected,
    Optional<Duration> holds,
    CounterFields counters,
    Map<CountKind, CounterFields> ofKind,
    StopFields stops,
    StartUpFields startUp,
    EnergyFields energy) {

  /** Models of states that need not be written. */
  public static final List<String> BUILT_IN_MODELS =
      List.of("standard", "packml", "words", "mtconnect-execution");

  /** Nobody said anything. */
  public static final RuleFields NONE =
      new RuleFields(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          CounterFields.NONE,
          Map.of(),
          StopFields.NONE,
          StartUpFields.NONE,
          EnergyFields.NONE);

  public RuleFields {
    ofKind = Map.copyOf(ofKind);
  }

  /** A model of these by its name; empty if it is another. */
  public static Optional<StateModel> builtInModel(String name) {
    return switch (name) {
      case "standard" -> Optional.of(Vocabularies.standard());
      case "packml" -> Optional.of(Vocabularies.packml());
      case "words" -> Optional.of(Vocabularies.words());
      case "mtconnect-execution" -> Optional.of(Vocabularies.mtconnectExecution());
      default -> Optional.empty();
    };
  }

  /**
   * Reads them out of a block that may have other fields, too.
   *
   * @param names the trees and models that there are
   */
  public static RuleFields read(Block block, Names names) {
    Optional<String> model =
        block.optional("state-model", names.reference(MasterKind.STATE_MODEL, BUILT_IN_MODELS));
    Optional<String> tree =
        block.optional("reason-tree", names.reference(MasterKind.REASON_TREE, List.of()));
    Optional<String> tag = block.optional("state-tag", Scalars.TAG);
    Optional<String> product =
        block.optional("default-product", Scalars.text(64, "write the id of a product"));
    Optional<Quantity> itemsPerHour =
        block.optional("items-per-hour", Scalars.quantity("0.000001", "1000000000"));
    Optional<Boolean> inspected = block.optional("inspected", Scalars.TRUTH);
    Optional<Duration> holds =
        block.optional(
            "holds-without-progress", Scalars.duration(Duration.ZERO, Duration.ofDays(366)));
    Optional<Block> counters = block.block("counters");
    CounterFields all = counters.map(CounterFields::read).orElse(CounterFields.NONE);
    Map<CountKind, CounterFields> ofKind = new EnumMap<>(CountKind.class);
    for (CountKind kind : CountKind.values()) {
      CounterFields own =
          counters
              .flatMap(fields -> fields.block(Scalars.lower(kind)))
              .map(RuleFields::ofKind)
              .orElse(CounterFields.NONE);
      ofKind.put(kind, own.over(all));
    }
    counters.ifPresent(Block::end);
    return new RuleFields(
        model,
        tree,
        tag,
        product,
        itemsPerHour,
        inspected,
        holds,
        all,
        ofKind,
        block.block("stops").map(StopFields::read).orElse(StopFields.NONE),
        block.value("start-up").map(StartUpFields::read).orElse(StartUpFields.NONE),
        block.block("energy").map(EnergyFields::read).orElse(EnergyFields.NONE));
  }

  private static CounterFields ofKind(Block block) {
    CounterFields fields = CounterFields.read(block);
    block.end();
    return fields;
  }

  /** With what equipment above says where this says nothing, field by field. */
  public RuleFields over(RuleFields above) {
    Map<CountKind, CounterFields> both = new EnumMap<>(CountKind.class);
    for (CountKind kind : CountKind.values()) {
      both.put(kind, of(kind).over(above.of(kind)));
    }
    return new RuleFields(
        stateModel.or(above::stateModel),
        reasonTree.or(above::reasonTree),
        stateTag.or(above::stateTag),
        product.or(above::product),
        itemsPerHour.or(above::itemsPerHour),
        inspected.or(above::inspected),
        holds.or(above::holds),
        counters.over(above.counters),
        both,
        stops.over(above.stops),
        startUp.over(above.startUp),
        energy.over(above.energy));
  }

  /**
   * What holds.
   *
   * @param other what would hold if nobody had said anything
   * @param models the model of a name; empty if there is none, then that of {@code other} holds
   * @param trees the tree of a name; empty likewise
   */
  public MachineRules on(
      MachineRules other,
      Function<String, Optional<StateModel>> models,
      Function<String, Optional<ReasonTree>> trees) {
    CounterRules all = counters.on(other.counters());
    Map<CountKind, CounterRules> different = new EnumMap<>(CountKind.class);
    for (CountKind kind : CountKind.values()) {
      CounterRules own = of(kind).on(other.of(kind));
      if (!own.equals(all)) {
        different.put(kind, own);
      }
    }
    return new MachineRules(
        stateModel.flatMap(models).orElse(other.states()),
        stateTag.orElse(other.stateTag()),
        all,
        different,
        stops.on(other.stops(), startUp),
        reasonTree.flatMap(trees).orElse(other.reasons()),
        energy.on(other.energy()),
        holds.orElse(other.holds()),
        inspected.orElse(other.inspected()),
        product.orElse(other.usually()),
        itemsPerHour.or(other::itemsPerHour));
  }

  private CounterFields of(CountKind kind) {
    return ofKind.getOrDefault(kind, counters);
  }
}
