<?xml version="1.0" encoding="utf-8"?>
<!-- SPDX-FileCopyrightText: The YoID Console authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>Slip</name>
    <message>
        <source>Your credential is ready</source>
        <translation>A sua credencial está pronta</translation>
    </message>
    <message>
        <source>Open the YoID wallet on your phone.</source>
        <translation>Abra a carteira YoID no seu telemóvel.</translation>
    </message>
    <message>
        <source>Scan this code with the wallet.</source>
        <translation>Leia este código com a carteira.</translation>
    </message>
    <message>
        <source>Look at what is offered, then accept it.</source>
        <translation>Veja o que lhe é oferecido e depois aceite.</translation>
    </message>
    <message>
        <source>Sign in with: %1</source>
        <translation>Inicie sessão com: %1</translation>
    </message>
    <message>
        <source>First password: %1</source>
        <translation>Primeira palavra-passe: %1</translation>
    </message>
    <message>
        <source>Choose a password of your own when you sign in.</source>
        <translation>Escolha a sua própria palavra-passe ao iniciar sessão.</translation>
    </message>
    <message>
        <source>No password? Use “Forgot password” when you sign in.</source>
        <translation>Sem palavra-passe? Use «Esqueci-me da palavra-passe» ao iniciar sessão.</translation>
    </message>
    <message>
        <source>Accept it by %1.</source>
        <translation>Aceite até %1.</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>Da parte de %1</translation>
    </message>
    <message>
        <source>Only for you: whoever scans this code first gets the credential.</source>
        <translation>Só para si: quem ler este código primeiro fica com a credencial.</translation>
    </message>
    <message>
        <source>The code does not fit on paper. Ask %1 for the link.</source>
        <translation>O código não cabe no papel. Peça a ligação a %1.</translation>
    </message>
</context>
</TS>
