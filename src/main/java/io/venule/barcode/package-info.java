/** One scanned string becomes a wristband, bag, pump tag, badge or unreadable. */
@org.jspecify.annotations.NullMarked
package io.venule.barcode;
