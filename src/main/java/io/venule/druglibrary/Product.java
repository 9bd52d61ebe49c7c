package io.venule.druglibrary;

/**
 * A product that can be scanned, by its GTIN-14.
 *
 * @param drug code of the drug it contains
 * @param content the drug and strength it contains
 * @param volume what the container holds
 */
public record Product(
        String gtin, String ndc, String name, String drug, Dosing.Strength content, io.venule.quantity.Volume volume) {}
