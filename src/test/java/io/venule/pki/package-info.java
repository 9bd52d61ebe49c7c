/** Tests of the fleet's certification authority. */
@NullMarked
package io.venule.pki;

import org.jspecify.annotations.NullMarked;
