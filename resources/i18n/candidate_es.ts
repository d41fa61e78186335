<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>Candidate</name>
    <message>
        <source>%1 asks to see: %2</source>
        <translation>%1 pide ver: %2</translation>
    </message>
    <message>
        <source>Please show: %1</source>
        <translation>Por favor, muestre: %1</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>para: %1</translation>
    </message>
    <message>
        <source>Open your YoID wallet</source>
        <translation>Abra su cartera YoID</translation>
    </message>
    <message>
        <source>Tap Scan and point it at the square</source>
        <translation>Toque Escanear y apunte al cuadrado</translation>
    </message>
    <message>
        <source>Look at what is shared, then agree</source>
        <translation>Mire lo que se va a compartir y luego acepte</translation>
    </message>
    <message>
        <source>You will share: %1.</source>
        <translation>Compartirá: %1.</translation>
    </message>
    <message>
        <source>You may say no.</source>
        <translation>Puede decir que no.</translation>
    </message>
    <message>
        <source>No data on your phone? Tell the desk.</source>
        <translation>¿Sin datos en su teléfono? Avise en la recepción.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Código %1</translation>
    </message>
    <message>
        <source>Thank you. Please look at the desk.</source>
        <translation>Gracias. Diríjase a la recepción, por favor.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un momento, por favor.</translation>
    </message>
    <message>
        <source>The square does not fit on this screen. Tell the desk.</source>
        <translation>El cuadrado no cabe en esta pantalla. Avise en la recepción.</translation>
    </message>
</context>
</TS>
