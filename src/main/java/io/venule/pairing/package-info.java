/** Do this patient, bag, pump channel, nurse and prescription belong together? */
@org.jspecify.annotations.NullMarked
package io.venule.pairing;
