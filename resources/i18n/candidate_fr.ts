<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Candidate</name>
    <message>
        <source>%1 asks to see: %2</source>
        <translation>%1 demande à voir : %2</translation>
    </message>
    <message>
        <source>Please show: %1</source>
        <translation>Veuillez montrer : %1</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>pour : %1</translation>
    </message>
    <message>
        <source>Open your YoID wallet</source>
        <translation>Ouvrez votre portefeuille YoID</translation>
    </message>
    <message>
        <source>Tap Scan and point it at the square</source>
        <translation>Touchez « Scanner » et visez le carré</translation>
    </message>
    <message>
        <source>Look at what is shared, then agree</source>
        <translation>Regardez ce qui sera partagé, puis acceptez</translation>
    </message>
    <message>
        <source>You will share: %1.</source>
        <translation>Vous partagerez : %1.</translation>
    </message>
    <message>
        <source>You may say no.</source>
        <translation>Vous pouvez dire non.</translation>
    </message>
    <message>
        <source>No data on your phone? Tell the desk.</source>
        <translation>Pas d’internet sur votre téléphone ? Dites-le à l’accueil.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Code %1</translation>
    </message>
    <message>
        <source>Thank you. Please look at the desk.</source>
        <translation>Merci. Adressez-vous à l’accueil.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Un instant, s’il vous plaît.</translation>
    </message>
    <message>
        <source>The square does not fit on this screen. Tell the desk.</source>
        <translation>Le carré ne tient pas sur cet écran. Dites-le à l’accueil.</translation>
    </message>
</context>
</TS>
