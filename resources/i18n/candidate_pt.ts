<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>Candidate</name>
    <message>
        <source>%1 asks to see: %2</source>
        <translation>%1 pede para ver: %2</translation>
    </message>
    <message>
        <source>Please show: %1</source>
        <translation>Mostre, por favor: %1</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>para: %1</translation>
    </message>
    <message>
        <source>Open your YoID wallet</source>
        <translation>Abra a sua carteira YoID</translation>
    </message>
    <message>
        <source>Tap Scan and point it at the square</source>
        <translation>Toque em «Ler código» e aponte para o quadrado</translation>
    </message>
    <message>
        <source>Look at what is shared, then agree</source>
        <translation>Veja o que vai partilhar e depois aceite</translation>
    </message>
    <message>
        <source>You will share: %1.</source>
        <translation>Vai partilhar: %1.</translation>
    </message>
    <message>
        <source>You may say no.</source>
        <translation>Pode dizer que não.</translation>
    </message>
    <message>
        <source>No data on your phone? Tell the desk.</source>
        <translation>Sem dados no telemóvel? Avise a receção.</translation>
    </message>
    <message>
        <source>Code %1</source>
        <translation>Código %1</translation>
    </message>
    <message>
        <source>Thank you. Please look at the desk.</source>
        <translation>Obrigado. Dirija-se à receção, por favor.</translation>
    </message>
    <message>
        <source>One moment, please.</source>
        <translation>Um momento, por favor.</translation>
    </message>
    <message>
        <source>The square does not fit on this screen. Tell the desk.</source>
        <translation>O quadrado não cabe neste ecrã. Avise a receção.</translation>
    </message>
</context>
</TS>
