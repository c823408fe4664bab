package io.linewright.model.machine;

import java.time.Instant;

/**
 * All values of a device up to an instant have been carried, and all machine events of them stand
 * before this one under its key. What is missing before that instant is missing for good, unless a
 * source tells older values later on; after it values may still be on their way. Only of devices
 * whose gateway knows, and that raise machine events. At most one for 10 s of source time.
 *
 * @param device equipment path of the device, which is the path of its tags: that of a machine, or
 *     of a module below it. A machine is known until the earliest instant of all its devices
 * @param completeUntil up to here, included; the latest of all events of the device holds
 * @param historical true if a record of the backlog said so
 */
public record DeviceProgress(String device, Instant completeUntil, boolean historical) {}
