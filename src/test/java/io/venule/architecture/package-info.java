/** What the architecture test knows: the package table, its rules, and how a source file is read. */
@org.jspecify.annotations.NullMarked
package io.venule.architecture;
