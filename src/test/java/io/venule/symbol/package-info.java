/** Tests of reading and drawing symbols, on published photographs and hostile files. */
@org.jspecify.annotations.NullMarked
package io.venule.symbol;
