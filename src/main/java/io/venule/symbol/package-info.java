/** ZXing at the edge: a picture becomes the text a scanner would send, and a label's text becomes a symbol to print. */
@org.jspecify.annotations.NullMarked
package io.venule.symbol;
