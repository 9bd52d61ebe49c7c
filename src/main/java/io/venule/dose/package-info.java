/** Is this rate inside the active library's limits for this patient on this pump? */
@org.jspecify.annotations.NullMarked
package io.venule.dose;
