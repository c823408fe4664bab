package io.linewright.oee.masterdata.content;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Names;
import io.linewright.oee.masterdata.rules.RuleFields;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.StateModel;
import java.util.Optional;

/** What an item of master data says. */
public sealed interface Content
    permits CalendarPlan,
        Content.Tree,
        Content.Model,
        Content.Rules,
        LinePlan,
        OnEquipment.Site,
        OnEquipment.Assignment,
        OnEquipment.Planned,
        OnEquipment.ManualStation,
        OnProduct.Item,
        OnProduct.Cycle,
        OnProduct.Tolerance {

  /** What it is known by among those of its kind. */
  String key();

  /**
   * A tree of reasons.
   *
   * @param tree under its name
   */
  record Tree(ReasonTree tree) implements Content {
    @Override
    public String key() {
      return tree.name();
    }
  }

  /**
   * A model of states.
   *
   * @param model under its name
   */
  record Model(StateModel model) implements Content {
    @Override
    public String key() {
      return model.name();
    }
  }

  /**
   * How machines are understood.
   *
   * @param equipment the machine, or what it is below
   * @param fields what is said
   */
  record Rules(EquipmentPath equipment, RuleFields fields) implements Content {
    @Override
    public String key() {
      return equipment.toString();
    }
  }

  /**
   * Reads what an item says. What is wrong is noted; fields that are not known are, too.
   *
   * @param name its name, if items of the kind have names in the document; else not used
   * @param block its fields, without {@code valid-from}
   * @param names what it may refer to
   * @return empty if anything is wrong
   */
  static Optional<Content> read(MasterKind kind, String name, Block block, Names names) {
    Optional<? extends Content> content =
        switch (kind) {
          case SITE -> OnEquipment.site(block);
          case CALENDAR -> CalendarReader.read(name, block);
          case CALENDAR_ASSIGNMENT -> OnEquipment.assignment(block, names);
          case PLANNED_STOP -> OnEquipment.planned(block);
          case PRODUCT -> OnProduct.item(block);
          case IDEAL_CYCLE -> OnProduct.cycle(block);
          case LINE -> LinePlan.read(block);
          case REASON_TREE -> TreeReader.read(name, block);
          case STATE_MODEL -> ModelReader.read(name, block);
          case MACHINE_RULES ->
              OnEquipment.equipment(block)
                  .map(equipment -> new Rules(equipment, RuleFields.read(block, names)));
          case TOLERANCE -> OnProduct.tolerance(block);
          case MANUAL_STATION -> OnEquipment.manualStation(block);
        };
    block.end();
    return block.isRight() ? content.map(read -> read) : Optional.empty();
  }
}
