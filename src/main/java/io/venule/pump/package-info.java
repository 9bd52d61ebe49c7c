/** What a pump is and what it reports. */
@org.jspecify.annotations.NullMarked
package io.venule.pump;
