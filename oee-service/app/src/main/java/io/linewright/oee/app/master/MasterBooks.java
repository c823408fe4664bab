package io.linewright.oee.app.master;

import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.book.MasterBook;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * The book of master data that holds in the caller's transaction. Several instances change master
 * data: whoever computes asks in the transaction in which it reads, or writes, what it computes, so
 * that no result is made of a book that is out of date. Safe for use by several threads.
 */
public final class MasterBooks {

  /** What holds, and what it was made of. */
  record Held(Entries entries, MasterBook book) {}

  private final MasterStore store;
  private final MasterBook.Defaults defaults;
  private volatile Held held;

  MasterBooks(MasterStore store, MasterBook.Defaults defaults) {
    this.store = store;
    this.defaults = defaults;
    this.held = new Held(Entries.NONE, book(-1, Entries.NONE));
  }

  /**
   * The book as the caller's transaction sees it; one small query if nothing has changed. Who reads
   * results computes with it what is open.
   */
  public MasterBook current() {
    return held(store.version()).book();
  }

  /**
   * The same for who stores results: master data stay as they are until the caller's transaction
   * ends. It must be asked before any line is locked, since who changes master data locks lines
   * after it.
   */
  public MasterBook hold() {
    return held(store.share()).book();
  }

  /**
   * Nobody stores results, and nobody else changes master data or orders, until the caller's
   * transaction ends. It must be asked before any line is locked.
   */
  public void lock() {
    store.lock();
  }

  /** The same with the entries; not to be asked behind a change of one's own. */
  Held held() {
    return held(store.version());
  }

  /** A book of other entries. */
  MasterBook book(long version, Entries entries) {
    return book(version, entries, PlantZone::of);
  }

  /** The same by other rules of zones. */
  MasterBook book(long version, Entries entries, Function<ZoneId, PlantZone> zones) {
    return new MasterBook(version, entries, defaults, zones);
  }

  private Held held(long version) {
    Held known = held;
    if (known.book().version() == version) {
      return known;
    }
    MasterStore.Loaded loaded = store.load();
    Entries entries = Entries.of(loaded.items());
    Held read = new Held(entries, book(loaded.version(), entries));
    // A snapshot that is older than what others have seen must not take their book away.
    if (loaded.version() > known.book().version()) {
      held = read;
    }
    return read;
  }
}
