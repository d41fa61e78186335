<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="sw" sourcelanguage="en">
<context>
    <name>Candidate</name>
    <message>
        <source>%1 asks to see: %2</source>
        <translation>%1 inaomba kuona: %2</translation>
    </message>
    <message>
        <source>Please show: %1</source>
        <translation>Tafadhali onyesha: %1</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>kwa ajili ya: %1</translation>
    </message>
    <message>
        <source>Open your YoID wallet</source>
        <translation>Fungua pochi yako ya YoID</translation>
    </message>
    <message>
        <source>Tap Scan and point it at the square</source>
        <translation>Gusa Changanua kisha elekeza kwenye mraba</translation>
    </message>
    <message>
        <source>Look at what is shared, then agree</source>
        <translation>Angalia kitakachoshirikiwa, kisha kubali</translation>
    </message>
    <message>
        <source>You will share: %1.</source>
        <translation>Utashiriki: %1.</translation>
    </message>
    <message>
        <source>You may say no.</source>
        <translation>Unaweza kukataa.</translation>
    </message>
    <message>
        <source>No data on your phone? Tell the desk.</source>
        <translation>Huna data kwenye simu? Mwambie mhudumu.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Msimbo %1</translation>
    </message>
    <message>
        <source>Thank you. Please look at the desk.</source>
        <translation>Asante. Tafadhali mwangalie mhudumu.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Subiri kidogo, tafadhali.</translation>
    </message>
    <message>
        <source>The square does not fit on this screen. Tell the desk.</source>
        <translation>Mraba hautoshei kwenye skrini hii. Mwambie mhudumu.</translation>
    </message>
</context>
</TS>
