package io.linewright.edge.log;

/**
 * How large the log may grow.
 *
 * @param maxBytes most bytes of the log's file in use
 * @param reserveBytes bytes of the disk that are left to others
 */
public record Bounds(long maxBytes, long reserveBytes) {

  /**
   * How many bytes of the oldest backlog must go before the next group is stored.
   *
   * @param usedBytes bytes in use within the file
   * @param freeInFile bytes of the file that can be used again
   * @param freeOnDisk usable bytes of the disk
   * @param groupBytes size of the next group
   * @return 0 if the group fits
   */
  public long excess(long usedBytes, long freeInFile, long freeOnDisk, long groupBytes) {
    long overBound = usedBytes + groupBytes - maxBytes;
    long growth = Math.max(0, groupBytes - freeInFile);
    long overDisk = growth > 0 && freeOnDisk - growth < reserveBytes ? growth : 0;
    return Math.max(0, Math.max(overBound, overDisk));
  }
}
