/** The pages and the API in a real browser and with real tokens, against the whole embedded stack. */
@NullMarked
package io.venule.web;

import org.jspecify.annotations.NullMarked;
