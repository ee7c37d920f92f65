package dev.rotor.runtime.state;

/** Opens a ledger's store. */
interface StoreOpener {

  /**
   * Opens it, making it when there is none.
   *
   * @throws UnusableStoreException when it cannot be used now
   */
  Store open() throws UnusableStoreException;
}
