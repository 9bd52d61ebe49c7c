/** Drugs, products, care areas and limits; one version is one immutable value. */
@org.jspecify.annotations.NullMarked
package io.venule.druglibrary;
