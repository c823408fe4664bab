package io.linewright.oee.app.master;

import io.linewright.kit.outbox.Outbox;
import io.linewright.model.event.EventTypes;
import io.linewright.model.production.MasterItemChanged;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.document.JsonNodes;
import io.linewright.oee.app.master.MasterStore.Said;
import io.linewright.oee.masterdata.MasterItem;
import io.linewright.oee.masterdata.form.Node;
import java.util.Comparator;
import java.util.List;

/** Tells other services what was said; in the transaction that says it. */
final class MasterNews {

  private static final String SOURCE = "/oee/master-data";

  private final Outbox outbox;

  MasterNews(Outbox outbox) {
    this.outbox = outbox;
  }

  void tell(List<Said> said) {
    said.stream().sorted(Comparator.comparingInt(Said::version)).forEach(this::tell);
  }

  private void tell(Said said) {
    MasterItem item = said.item();
    String key = item.kind().section() + "/" + item.key();
    Node.Fields content = item.content();
    outbox.add(
        Topic.MASTER_DATA,
        key,
        SOURCE,
        key + "@" + said.version(),
        EventTypes.MASTER_ITEM_CHANGED,
        Times.instant(said.atMicros()),
        key,
        new MasterItemChanged(
            item.kind().section(),
            item.key(),
            said.version(),
            MasterViews.day(item.validFrom()),
            content == null ? null : JsonNodes.map(content)));
  }
}
