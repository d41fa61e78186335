<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="sw" sourcelanguage="en">
<context>
    <name>Slip</name>
    <message>
        <source>Your credential is ready</source>
        <translation>Hati yako ya kidijitali iko tayari</translation>
    </message>
    <message>
        <source>Open the YoID wallet on your phone.</source>
        <translation>Fungua pochi ya YoID kwenye simu yako.</translation>
    </message>
    <message>
        <source>Scan this code with the wallet.</source>
        <translation>Changanua msimbo huu kwa pochi hiyo.</translation>
    </message>
    <message>
        <source>Look at what is offered, then accept it.</source>
        <translation>Angalia unachopewa, kisha ukubali.</translation>
    </message>
    <message>
        <source>Sign in with: %1</source>
        <translation>Ingia kwa kutumia: %1</translation>
    </message>
    <message>
        <source>First password: %1</source>
        <translation>Nenosiri la kwanza: %1</translation>
    </message>
    <message>
        <source>Choose a password of your own when you sign in.</source>
        <translation>Chagua nenosiri lako mwenyewe unapoingia.</translation>
    </message>
    <message>
        <source>No password? Use “Forgot password” when you sign in.</source>
        <translation>Huna nenosiri? Tumia “Umesahau nenosiri” unapoingia.</translation>
    </message>
    <message>
        <source>Accept it by %1.</source>
        <translation>Ikubali kufikia tarehe %1.</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Kutoka kwa %1</translation>
    </message>
    <message>
        <source>Only for you: whoever scans this code first gets the credential.</source>
        <translation>Ni yako peke yako: atakayechanganua msimbo huu kwanza ndiye atakayepata hati.</translation>
    </message>
    <message>
        <source>The code does not fit on paper. Ask %1 for the link.</source>
        <translation>Msimbo hautoshi kwenye karatasi. Omba kiungo kutoka kwa %1.</translation>
    </message>
</context>
</TS>
