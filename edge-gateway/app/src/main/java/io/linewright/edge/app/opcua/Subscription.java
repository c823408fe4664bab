package io.linewright.edge.app.opcua;

import io.linewright.edge.app.opcua.item.Item;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * A subscription at the server, as far as it outlives sessions.
 *
 * @param id as the server named it
 * @param lifeSign longest time between two signs of life of a healthy server
 * @param wanted items that the server should monitor
 * @param created items that it monitors; grows when refused nodes appear
 * @param order which messages have been dealt with
 */
record Subscription(
    UInteger id, Duration lifeSign, List<Item> wanted, List<Item> created, MessageOrder order) {}
