package org.gatehouse.runtime.log;

/** Work that may fail. */
@FunctionalInterface
public interface ThrowingRunnable {
    void run() throws Exception;
}
