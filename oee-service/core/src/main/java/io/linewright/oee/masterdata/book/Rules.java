package io.linewright.oee.masterdata.book;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.content.Content;
import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.rules.RuleFields;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.StateModel;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** How machines are understood, handed down along their paths. */
final class Rules {

  private final Dated<Content.Rules> rules;
  private final Dated<Content.Tree> trees;
  private final Dated<Content.Model> models;
  private final MachineRules otherwise;

  Rules(Entries entries, MachineRules otherwise) {
    this.rules = new Dated<>(entries, MasterKind.MACHINE_RULES, Content.Rules.class);
    this.trees = new Dated<>(entries, MasterKind.REASON_TREE, Content.Tree.class);
    this.models = new Dated<>(entries, MasterKind.STATE_MODEL, Content.Model.class);
    this.otherwise = otherwise;
  }

  /** The days on which the rules of a machine may change. */
  NavigableSet<LocalDate> days(EquipmentPath machine) {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (EquipmentPath path : Paths.upwards(machine)) {
      rules
          .of(path.toString())
          .forEach(
              (day, said) -> {
                days.add(day);
                said.fields().reasonTree().ifPresent(name -> days.addAll(trees.days(name)));
                said.fields().stateModel().ifPresent(name -> days.addAll(models.days(name)));
              });
    }
    days.remove(MasterItem.EVER);
    return days;
  }

  /** What holds for a machine on a day: each field as the nearest says, at or above. */
  MachineRules on(EquipmentPath machine, LocalDate day) {
    RuleFields fields = RuleFields.NONE;
    for (EquipmentPath path : Paths.upwards(machine)) {
      fields =
          fields.over(
              rules.on(path.toString(), day).map(Content.Rules::fields).orElse(RuleFields.NONE));
    }
    return fields.on(otherwise, name -> model(name, day), name -> tree(name, day));
  }

  Optional<ReasonTree> tree(String name, LocalDate day) {
    return trees.on(name, day).map(Content.Tree::tree);
  }

  private Optional<StateModel> model(String name, LocalDate day) {
    Optional<StateModel> builtIn = RuleFields.builtInModel(name);
    return builtIn.isPresent() ? builtIn : models.on(name, day).map(Content.Model::model);
  }
}
