/** Benchmarks of the whole path beside bare parts, for {@code ops/bench}; no test run takes them along. */
@org.jspecify.annotations.NullMarked
package io.venule.bench;
