/** Tests of reading and writing barcodes, on published vectors and seeded samples. */
@org.jspecify.annotations.NullMarked
package io.venule.barcode;
